using System.ComponentModel;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Artefacts;
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

            var play = new AnsiblePlay(settings, context, hosts, root, scratch);
            var (recap, refusal) = await play.RunAsync(playbook, checks: false, cancellationToken);
            return refusal is not null ? refusal : new StepOutcome.Succeeded([new Evidence("Playbook", settings.Playbook), .. recap.Evidence()]);
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
}
