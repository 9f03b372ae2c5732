using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Ssh;

namespace DeployHub.Worker.Steps.Ansible;

/// <summary>The ansible-playbook of one visit, with the target as the only host of its inventory.</summary>
/// <param name="root">Where Ansible starts.</param>
/// <param name="scratch">For the inventory with its keys and the variables, until the visit is over.</param>
internal sealed class AnsiblePlay(RunAnsible settings, StepContext context, SshHosts hosts, string root, string scratch)
{
    private readonly string _host = AnsibleInventory.HostOf(context.Subject);
    private string? _complaint;

    private string Events => At("events");

    /// <param name="checks">Ansible only says what it would change.</param>
    /// <returns>How it ended, and why that is no success; null when it is one.</returns>
    public async Task<(AnsibleRecap Recap, StepOutcome.Failed? Refusal)> RunAsync(string playbook, bool checks, CancellationToken cancellationToken)
    {
        using var access = context.Connection is SshConnection ssh ? await hosts.PrepareProgramAsync(ssh, At("ssh"), context.Secrets, cancellationToken) : null;
        await PrepareAsync(access, cancellationToken);

        context.Log.Write(LogStream.Hub, $"ansible-playbook {(checks ? "--check --diff " : "")}{settings.Playbook} on {_host}");
        var exitCode = await LocalProcess.RunAsync(["ansible-playbook", .. Arguments(checks), playbook], Environment(access, checks), root, context.Key, Write, cancellationToken);

        var recap = new AnsibleRecap(await AnsibleEvent.ReadAsync(Events, cancellationToken), _host);
        return (recap, Refusal(recap, exitCode));
    }

    private StepOutcome.Failed? Refusal(AnsibleRecap recap, int exitCode)
    {
        if (recap.Failure() is { } failure) return failure;
        if (exitCode != 0) return new StepOutcome.Failed($"Ansible could not run {settings.Playbook} for {context.Subject}{(_complaint is null ? $": exit code {exitCode}." : $": {_complaint.Trim().TrimEnd('.')}.")}") { Evidence = recap.Evidence() };
        return recap.KnowsTarget ? null : new StepOutcome.Failed($"No play of {settings.Playbook} did anything on {context.Subject}: its hosts have to be “all” or a group that the step names.") { Evidence = recap.Evidence() };
    }

    private async Task PrepareAsync(OpenSshAccess? access, CancellationToken cancellationToken)
    {
        var (connection, directory) = context.Connection is SshConnection ssh
            ? (AnsibleInventory.Ssh(access!, ssh.User), ssh.Directory)
            : (AnsibleInventory.Local(At("local")), Workplace.Of(null, context.Connection));
        await PrivateFile.WriteAsync(At("inventory.json"), AnsibleInventory.Json(_host, settings, directory, connection), cancellationToken);
        await PrivateFile.WriteAsync(At("variables.yml"), AnsibleVariables.Yaml(settings.Variables ?? new Dictionary<string, string>()), cancellationToken);
        if (settings.VaultPassword is { } password) await PrivateFile.WriteAsync(At("vault"), password + "\n", cancellationToken);

        Directory.CreateDirectory(At("callbacks"));
        foreach (var file in (string[])["deployhub.py", "deployhub_quiet.py"])
        {
            await using var ours = typeof(AnsiblePlay).Assembly.GetManifestResourceStream(file)!;
            await using var plugin = File.Create(At($"callbacks/{file}"));
            await ours.CopyToAsync(plugin, cancellationToken);
        }
    }

    private IEnumerable<string> Arguments(bool checks) =>
    [
        .. checks ? ["--check", "--diff"] : Array.Empty<string>(),
        "--inventory", At("inventory.json"), "--extra-vars", $"@{At("variables.yml")}",
        .. settings.Tags is { Count: > 0 } tags ? ["--tags", string.Join(',', tags)] : Array.Empty<string>(),
        .. settings.VaultPassword is null ? Array.Empty<string>() : ["--vault-password-file", At("vault")],
    ];

    /// <summary>What an ansible.cfg in the artefact must not say otherwise.</summary>
    private Dictionary<string, string> Environment(OpenSshAccess? access, bool checks) => new(access?.Environment ?? [])
    {
        ["LC_ALL"] = "C.UTF-8", // Ansible starts with no other
        ["ANSIBLE_NOCOLOR"] = "1",
        ["ANSIBLE_FORCE_COLOR"] = "0",
        ["ANSIBLE_STDOUT_CALLBACK"] = checks ? "deployhub_quiet" : "default", // what differs may be a secret
        ["ANSIBLE_CALLBACKS_ENABLED"] = "deployhub",
        ["ANSIBLE_CALLBACK_PLUGINS"] = At("callbacks"),
        ["ANSIBLE_INVENTORY_ENABLED"] = "yaml",
        ["ANSIBLE_HOST_KEY_CHECKING"] = "True",
        ["ANSIBLE_RETRY_FILES_ENABLED"] = "False",
        ["ANSIBLE_NO_TARGET_SYSLOG"] = "True", // it would name the arguments of every module
        ["ANSIBLE_LOCAL_TEMP"] = At("temporary"),
        ["DEPLOYHUB_EVENTS"] = Events,
    };

    private void Write(LogStream stream, string line)
    {
        if (line.StartsWith("ERROR! ", StringComparison.Ordinal)) _complaint ??= line["ERROR! ".Length..];
        context.Log.Write(stream, line);
    }

    private string At(string file) => Path.Combine(scratch, file);
}
