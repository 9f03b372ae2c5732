using System.Text.Json;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.Worker.Steps.Terraform;

/// <summary>The terraform of one visit, in the folder of its root module.</summary>
/// <param name="planFile">Where the plan with its secrets is kept until the visit is over.</param>
/// <param name="showsPlan">Terraform's own words about the plan go into the log; they show what no one declared to be a secret.</param>
internal sealed class TerraformFolder(RunTerraform settings, StepContext context, string root, string planFile, bool showsPlan = true)
{
    private const long MostBytes = 64 * 1024 * 1024;

    private readonly Dictionary<string, string> _environment = Environment(settings);
    private string? _complaint;

    /// <summary>What the plan file holds now.</summary>
    public Digest Digest => Digest.OfBytes(File.ReadAllBytes(planFile));

    /// <summary>Null when a plan can be made.</summary>
    /// <param name="makesWorkspace">False only uses a workspace that is there.</param>
    public async Task<StepOutcome.Failed?> PrepareAsync(bool makesWorkspace, CancellationToken cancellationToken)
    {
        if (await BackendAsync(cancellationToken) is { } noState) return noState;

        var backend = (settings.Backend ?? new Dictionary<string, string>()).Select(setting => $"-backend-config={setting.Key}={setting.Value}");
        if (await RunAsync(["init", "-input=false", "-no-color", "-lockfile=readonly", .. backend], cancellationToken) != 0) return Failed("cannot initialise its folder");
        if (!KeepsState()) return new StepOutcome.Failed($"The configuration for {context.Subject} names no backend, so its state would be lost with the worker's folder: add one, or say state: in the step.", HaltCause.PrerequisiteMissing);
        if (settings.Workspace == "default") return null;

        string[] select = makesWorkspace ? ["workspace", "select", "-no-color", "-or-create", settings.Workspace] : ["workspace", "select", "-no-color", settings.Workspace];
        return await RunAsync(select, cancellationToken) == 0 ? null : Failed($"cannot use the workspace {settings.Workspace}");
    }

    /// <summary>The plan that was saved, or why there is none.</summary>
    /// <returns>True with the plan when it would change something.</returns>
    public async Task<(TerraformPlan? Plan, bool Changes, StepOutcome.Failed? Failure)> PlanAsync(CancellationToken cancellationToken)
    {
        var planned = await RunAsync(["plan", "-input=false", "-no-color", "-detailed-exitcode", "-lock-timeout=60s", $"-out={planFile}"], cancellationToken);
        if (planned is not (0 or 2)) return (null, false, Failed("cannot plan"));

        var plan = await ReadAsync(["show", "-json", planFile], cancellationToken) is { } json ? TerraformPlan.Read(json) : null;
        return plan is null ? (null, false, Failed("cannot show the plan that it saved")) : (plan, planned == 2, null);
    }

    /// <summary>Null when exactly that plan was carried out.</summary>
    public async Task<StepOutcome.Failed?> ApplyAsync(Digest digest, CancellationToken cancellationToken)
    {
        if (Digest != digest) return new StepOutcome.Failed($"The saved plan for {context.Subject} is not the one that was shown any more, so nothing was applied.", HaltCause.DigestMismatch);
        return await RunAsync(["apply", "-input=false", "-no-color", "-auto-approve", "-lock-timeout=60s", planFile], cancellationToken) == 0 ? null : Failed("did not apply the whole plan");
    }

    /// <summary>What terraform writes; null when it does not, or writes without end.</summary>
    public async Task<byte[]?> ReadAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var file = $"{planFile}.json";
        var exitCode = await LocalProcess.RunAsync(["sh", "-c", "exec terraform \"$@\" > \"$OUT\"", "terraform", .. arguments], new Dictionary<string, string>(_environment) { ["OUT"] = file }, root, context.Key, (stream, line) => context.Log.Write(stream, line), cancellationToken);
        return exitCode == 0 && new FileInfo(file).Length <= MostBytes ? await File.ReadAllBytesAsync(file, cancellationToken) : null;
    }

    /// <summary>A file that terraform reads over the configuration's own backend.</summary>
    private async Task<StepOutcome.Failed?> BackendAsync(CancellationToken cancellationToken)
    {
        if (settings.State is null) return null;
        if (context.Connection is not LocalConnection local || Workplace.Below(local.Directory, settings.State) is not { } state)
            return new StepOutcome.Failed($"The state “{settings.State}” has to lie below the directory of a local target, and {context.Subject} gives it no such place.", HaltCause.PrerequisiteMissing);

        Directory.CreateDirectory(Path.GetDirectoryName(state)!);
        var backend = new { terraform = new { backend = new { local = new { path = state, workspace_dir = $"{state}.d" } } } };
        await File.WriteAllTextAsync(Path.Combine(root, "deployhub_override.tf.json"), JsonSerializer.Serialize(backend), cancellationToken);
        return null;
    }

    /// <summary>After init terraform notes here which backend it uses; without one it would keep the state in the folder itself.</summary>
    private bool KeepsState() => File.Exists(Path.Combine(root, ".terraform", "terraform.tfstate"));

    private async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        _complaint = null;
        context.Log.Write(LogStream.Hub, $"terraform {arguments[0]}");
        return await LocalProcess.RunAsync(
            ["terraform", .. arguments], _environment, root, context.Key,
            (stream, line) =>
            {
                if (line.Contains("Error: ", StringComparison.Ordinal)) _complaint ??= line[(line.IndexOf("Error: ", StringComparison.Ordinal) + "Error: ".Length)..];
                if (stream is LogStream.Error || showsPlan || arguments[0] != "plan") context.Log.Write(stream, line);
            },
            cancellationToken, patience: TimeSpan.FromSeconds(5)); // an interrupted terraform saves its state and gives back its lock; a killed one does not
    }

    private StepOutcome.Failed Failed(string what) => new($"Terraform {what} for {context.Subject}{(_complaint is null ? "; its output says why." : $": {_complaint.Trim().TrimEnd('.')}.")}");

    private static Dictionary<string, string> Environment(RunTerraform settings)
    {
        var environment = new Dictionary<string, string>(settings.Environment ?? new Dictionary<string, string>()) { ["CHECKPOINT_DISABLE"] = "1", ["TF_IN_AUTOMATION"] = "1", ["TF_INPUT"] = "0" };
        foreach (var (name, value) in settings.Variables ?? new Dictionary<string, string>()) environment[$"TF_VAR_{name}"] = value;
        return environment;
    }
}
