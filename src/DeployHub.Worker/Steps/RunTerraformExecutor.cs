using System.ComponentModel;
using System.Text.Json;
using System.Text.RegularExpressions;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Artefacts;

namespace DeployHub.Worker.Steps;

/// <summary>Works in a folder of its own for each visit, which holds the plan with its secrets and is gone afterwards.</summary>
internal sealed partial class RunTerraformExecutor(ArtefactSource source) : StepExecutor<RunTerraform>
{
    protected override async Task<StepOutcome> ExecuteAsync(RunTerraform settings, StepContext context, CancellationToken cancellationToken)
    {
        if ((settings.Variables ?? new Dictionary<string, string>()).Keys.FirstOrDefault(name => !VariableName().IsMatch(name)) is { } wrong) return new StepOutcome.Failed($"“{wrong}” cannot name a variable of Terraform.");
        if (!WorkspaceName().IsMatch(settings.Workspace)) return new StepOutcome.Failed($"“{settings.Workspace}” cannot name a workspace of Terraform.");

        var (artefact, fetched) = await source.FetchAsync(context.Version!, settings.Artefact, cancellationToken);
        using var held = fetched;
        if (fetched.Trouble is { } trouble) return new StepOutcome.Failed(trouble.Sentence, trouble.Cause);

        var scratch = Directory.CreateTempSubdirectory("deployhub-terraform-").FullName;
        try
        {
            await Unpacking.IntoAsync(fetched.File!, Path.Combine(scratch, "configuration"), cancellationToken);
            var root = Workplace.Below(scratch, Path.Combine("configuration", settings.Folder ?? "."));
            if (root is null || !Directory.Exists(root)) return new StepOutcome.Failed($"The artefact {artefact!.Name} has no folder {settings.Folder}.", HaltCause.ComponentMissing);

            return await new Visit(settings, context, root, Path.Combine(scratch, "plan")).RunAsync(cancellationToken);
        }
        catch (UnsafeArchiveException unsafeArchive)
        {
            return new StepOutcome.Failed($"The artefact {artefact!.Name} {unsafeArchive.Message}.", HaltCause.ComponentMissing);
        }
        catch (Win32Exception exception)
        {
            return new StepOutcome.Failed($"terraform could not be started on the worker: {exception.Message}", HaltCause.PrerequisiteMissing);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_-]*\z")]
    private static partial Regex VariableName();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9._-]{0,89}\z")]
    private static partial Regex WorkspaceName();

    private sealed class Visit(RunTerraform settings, StepContext context, string root, string planFile)
    {
        private readonly Dictionary<string, string> _environment = Environment(settings);
        private string? _complaint;

        public async Task<StepOutcome> RunAsync(CancellationToken cancellationToken)
        {
            if (await BackendAsync(cancellationToken) is { } noState) return noState;
            if (await InitialiseAsync(cancellationToken) is { } refusal) return refusal;

            var planned = await TerraformAsync(["plan", "-input=false", "-no-color", "-detailed-exitcode", "-lock-timeout=60s", $"-out={planFile}"], cancellationToken);
            if (planned is not (0 or 2)) return Failed("cannot plan");

            var digest = DigestOf(planFile);
            var plan = TerraformPlan.Read(await ReadAsync(["show", "-json", planFile], cancellationToken));
            var evidence = new List<Evidence> { new("Plan", planned == 0 ? "no changes" : plan.Summary), new("Plan file", digest.ToString()) };
            if (plan.Changes.Count > 0) evidence.Add(new Evidence("Changes", string.Join('\n', plan.Changes.Take(200))));
            if (!settings.AllowDestroy && plan.Destroyed > 0)
                return new StepOutcome.Failed($"The plan for {context.Subject} would destroy {plan.Destroyed} resource(s), and the step does not allow that: {string.Join(", ", plan.Destroys.Take(5))}.", HaltCause.PolicyViolation) { Evidence = evidence };

            if (settings.Action is not TerraformAction.Apply) return new StepOutcome.Succeeded(evidence);
            if (planned == 2 && await ApplyAsync(digest, cancellationToken) is { } failure) return failure with { Evidence = evidence };

            var outputs = await ReadAsync(["output", "-json", "-no-color"], cancellationToken);
            evidence.AddRange(TerraformPlan.Outputs(outputs).Select(output => new Evidence($"Output {output.Name}", output.Value)));
            return new StepOutcome.Succeeded(evidence) { Outputs = TerraformPlan.Said(outputs).Where(output => settings.OutputNames.Contains(output.Key)).ToDictionary() };
        }

        private async Task<StepOutcome.Failed?> InitialiseAsync(CancellationToken cancellationToken)
        {
            var backend = (settings.Backend ?? new Dictionary<string, string>()).Select(setting => $"-backend-config={setting.Key}={setting.Value}");
            if (await TerraformAsync(["init", "-input=false", "-no-color", "-lockfile=readonly", .. backend], cancellationToken) != 0) return Failed("cannot initialise its folder");
            if (!KeepsState()) return new StepOutcome.Failed($"The configuration for {context.Subject} names no backend, so its state would be lost with the worker's folder: add one, or say state: in the step.", HaltCause.PrerequisiteMissing);
            if (settings.Workspace == "default") return null;
            return await TerraformAsync(["workspace", "select", "-no-color", "-or-create", settings.Workspace], cancellationToken) == 0 ? null : Failed($"cannot use the workspace {settings.Workspace}");
        }

        private async Task<StepOutcome.Failed?> ApplyAsync(Digest digest, CancellationToken cancellationToken)
        {
            if (DigestOf(planFile) != digest) return new StepOutcome.Failed($"The saved plan for {context.Subject} is not the one that was shown any more, so nothing was applied.", HaltCause.DigestMismatch);
            return await TerraformAsync(["apply", "-input=false", "-no-color", "-auto-approve", "-lock-timeout=60s", planFile], cancellationToken) == 0 ? null : Failed("did not apply the whole plan");
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

        private async Task<int> TerraformAsync(string[] arguments, CancellationToken cancellationToken)
        {
            _complaint = null;
            context.Log.Write(LogStream.Hub, $"terraform {arguments[0]}");
            return await LocalProcess.RunAsync(
                ["terraform", .. arguments], _environment, root, context.Key,
                (stream, line) =>
                {
                    if (line.Contains("Error: ", StringComparison.Ordinal)) _complaint ??= line[(line.IndexOf("Error: ", StringComparison.Ordinal) + "Error: ".Length)..];
                    context.Log.Write(stream, line);
                },
                cancellationToken, patience: TimeSpan.FromSeconds(5)); // an interrupted terraform saves its state and gives back its lock; a killed one does not
        }

        private async Task<string> ReadAsync(string[] arguments, CancellationToken cancellationToken)
        {
            var file = $"{planFile}.json";
            var exitCode = await LocalProcess.RunAsync(["sh", "-c", "exec terraform \"$@\" > \"$OUT\"", "terraform", .. arguments], new Dictionary<string, string>(_environment) { ["OUT"] = file }, root, context.Key, (stream, line) => context.Log.Write(stream, line), cancellationToken);
            return exitCode == 0 ? await File.ReadAllTextAsync(file, cancellationToken) : "{}";
        }

        private StepOutcome.Failed Failed(string what) => new($"Terraform {what} for {context.Subject}{(_complaint is null ? "; its output says why." : $": {_complaint.Trim().TrimEnd('.')}.")}");

        private static Digest DigestOf(string file) => Digest.OfBytes(File.ReadAllBytes(file));

        private static Dictionary<string, string> Environment(RunTerraform settings)
        {
            var environment = new Dictionary<string, string>(settings.Environment ?? new Dictionary<string, string>()) { ["CHECKPOINT_DISABLE"] = "1", ["TF_IN_AUTOMATION"] = "1", ["TF_INPUT"] = "0" };
            foreach (var (name, value) in settings.Variables ?? new Dictionary<string, string>()) environment[$"TF_VAR_{name}"] = value;
            return environment;
        }
    }
}
