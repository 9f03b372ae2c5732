using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.Worker.Artefacts;
using DeployHub.Worker.Steps;
using DeployHub.Worker.Steps.Ansible;

namespace DeployHub.Worker.Checks;

internal sealed class CheckAnsibleVerifier(DefinitionCheck check, SshHosts hosts) : StepExecutor<CheckAnsible>
{
    private const int MostUnchecked = 200;

    protected override async Task<StepOutcome> ExecuteAsync(CheckAnsible settings, StepContext context, CancellationToken cancellationToken)
    {
        if (context.Connection is not (LocalConnection or SshConnection)) return PeopleOnly.Outcome("Drift");

        try
        {
            return await check.RunAsync(settings.From, settings.Folder, "ansible-playbook", context, (fetched, root, scratch) => CompareAsync(settings, fetched, root, scratch, context, cancellationToken), cancellationToken);
        }
        catch (HostRefusedException refused)
        {
            return new StepOutcome.Failed(refused.Message, refused.Cause);
        }
    }

    private async Task<StepOutcome> CompareAsync(CheckAnsible settings, FetchedDefinition fetched, string root, string scratch, StepContext context, CancellationToken cancellationToken)
    {
        if (Workplace.Below(root, settings.Playbook) is not { } playbook || !File.Exists(playbook))
            return new StepOutcome.Failed($"There is no playbook {Path.Combine(settings.Folder ?? "", settings.Playbook)} in {fetched.Revision}.", HaltCause.ComponentMissing);

        var play = settings.Play with { Version = fetched.Revision };
        var (recap, refusal) = await new AnsiblePlay(play, context, hosts, root, scratch).RunAsync(playbook, checks: true, cancellationToken);
        if (refusal is not null) return DefinitionCheck.Unclear(refusal);
        if (recap.Checked == 0) return new StepOutcome.Inconclusive($"Ansible could check no task of {settings.Playbook} on {context.Subject}: they can only be carried out, compare nothing, or none applies.");

        var written = context.Written as CheckAnsible ?? settings;
        var definition = new EnvironmentDefinition(FactKind.Task, $"{fetched.Name}/{Path.Combine(settings.Folder?.Trim('/') ?? "", settings.Playbook)}{written.Scope}", fetched.Revision) { Untold = recap.Unchecked, IsWhole = !recap.LeftTasksOut };
        IReadOnlyList<Evidence> evidence =
        [
            .. recap.Evidence().Where(known => known.Name.StartsWith("Recap ", StringComparison.Ordinal)),
            .. recap.Unchecked.Count > 0 ? new[] { new Evidence("Not checked", string.Join('\n', recap.Unchecked.Take(MostUnchecked))) } : [],
        ];
        return DefinitionCheck.Observed(definition, recap.Differences(), settings.Prerequisite, evidence, context);
    }
}
