using System.ComponentModel;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Artefacts;
using DeployHub.Worker.Ssh;
using DeployHub.Worker.Steps.Ansible;

namespace DeployHub.Worker.Steps;

/// <summary>Works in a folder of its own for each visit, which holds the inventory with its keys and the variables, and is gone afterwards.</summary>
internal sealed class RunAnsibleExecutor(ArtefactSource source, SshHosts hosts) : TargetExecutor<RunAnsible>
{
    protected override async Task<StepOutcome> DoAsync(RunAnsible settings, StepContext context, CancellationToken cancellationToken)
    {
        var (artefact, fetched) = await source.FetchAsync(context.Version!, settings.Artefact, cancellationToken);
        using var held = fetched;
        if (fetched.Trouble is { } trouble) return new StepOutcome.Failed(trouble.Sentence, trouble.Cause);

        var scratch = Directory.CreateTempSubdirectory("deployhub-ansible-").FullName;
        try
        {
            await Unpacking.IntoAsync(fetched.File!, Path.Combine(scratch, "content"), cancellationToken);
            var root = Workplace.Below(scratch, Path.Combine("content", settings.Folder ?? "."));
            if (root is null || Workplace.Below(root, settings.Playbook) is not { } playbook || !File.Exists(playbook))
                return new StepOutcome.Failed($"The artefact {artefact!.Name} has no playbook {Path.Combine(settings.Folder ?? "", settings.Playbook)}.", HaltCause.ComponentMissing);

            return await new Visit(settings, context, hosts, root, playbook, scratch).RunAsync(cancellationToken);
        }
        catch (UnsafeArchiveException unsafeArchive)
        {
            return new StepOutcome.Failed($"The artefact {artefact!.Name} {unsafeArchive.Message}.", HaltCause.ComponentMissing);
        }
        catch (Win32Exception exception)
        {
            return new StepOutcome.Failed($"ansible-playbook could not be started on the worker: {exception.Message}", HaltCause.PrerequisiteMissing);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private sealed class Visit(RunAnsible settings, StepContext context, SshHosts hosts, string root, string playbook, string scratch)
    {
        private readonly string _host = AnsibleInventory.HostOf(context.Subject);
        private string? _complaint;

        private string Events => At("events");

        public async Task<StepOutcome> RunAsync(CancellationToken cancellationToken)
        {
            using var access = context.Connection is SshConnection ssh ? await hosts.PrepareProgramAsync(ssh, At("ssh"), context.Secrets, cancellationToken) : null;
            await PrepareAsync(access, cancellationToken);

            context.Log.Write(LogStream.Hub, $"ansible-playbook {settings.Playbook} on {_host}");
            var exitCode = await LocalProcess.RunAsync(["ansible-playbook", .. Arguments()], Environment(access), root, context.Key, Write, cancellationToken);

            var recap = new AnsibleRecap(await AnsibleEvent.ReadAsync(Events, cancellationToken));
            if (recap.Failure() is { } failure) return failure;
            if (exitCode != 0) return new StepOutcome.Failed($"Ansible could not run {settings.Playbook} for {context.Subject}{(_complaint is null ? $": exit code {exitCode}." : $": {_complaint.Trim().TrimEnd('.')}.")}") { Evidence = recap.Evidence() };
            return recap.Knows(_host)
                ? new StepOutcome.Succeeded([new Evidence("Playbook", settings.Playbook), .. recap.Evidence()])
                : new StepOutcome.Failed($"No play of {settings.Playbook} did anything on {context.Subject}: its hosts have to be “all” or a group that the step names.") { Evidence = recap.Evidence() };
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
            await using var ours = typeof(RunAnsibleExecutor).Assembly.GetManifestResourceStream("deployhub.py")!;
            await using var plugin = File.Create(At("callbacks/deployhub.py"));
            await ours.CopyToAsync(plugin, cancellationToken);
        }

        private IEnumerable<string> Arguments() =>
        [
            "--inventory", At("inventory.json"), "--extra-vars", $"@{At("variables.yml")}",
            .. settings.Tags is { Count: > 0 } tags ? ["--tags", string.Join(',', tags)] : Array.Empty<string>(),
            .. settings.VaultPassword is null ? Array.Empty<string>() : ["--vault-password-file", At("vault")],
            playbook,
        ];

        /// <summary>What an ansible.cfg in the artefact must not say otherwise.</summary>
        private Dictionary<string, string> Environment(OpenSshAccess? access) => new(access?.Environment ?? [])
        {
            ["LC_ALL"] = "C.UTF-8", // Ansible starts with no other
            ["ANSIBLE_NOCOLOR"] = "1",
            ["ANSIBLE_FORCE_COLOR"] = "0",
            ["ANSIBLE_STDOUT_CALLBACK"] = "default",
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
}
