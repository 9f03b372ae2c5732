using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using DeployHub.Worker.Artefacts;
using DeployHub.Worker.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.Worker.Checks;

/// <summary>Looks at the decision and at everything that stays and needs the component.</summary>
internal sealed class CheckRemovalVerifier(IServiceScopeFactory scopes) : StepExecutor<CheckRemoval>
{
    protected override async Task<StepOutcome> ExecuteAsync(CheckRemoval settings, StepContext context, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        var deployment = await db.Deployments.AsNoTracking().SingleOrDefaultAsync(deployment => deployment.Number == settings.Deployment, cancellationToken);
        if (deployment?.Plan is not { Removal: { } removal } plan || !plan.Versions.Any(planned => planned.IsRemoval && planned.Component == settings.Component))
            return new StepOutcome.Failed($"No plan of a deployment {settings.Deployment} says that {settings.Component} is retired, and who decided it. Plan its removal.", HaltCause.DependencyConflict);

        var findings = new ArtefactFindings(context.Log);
        findings.Show("Retirement decided", $"by {removal.DecidedBy} on {removal.DecidedOn:yyyy-MM-dd}, {removal.Reference}");
        if (removal.DependantsAccepted is { } reason) findings.Show("Dependants accepted", reason);
        foreach (var verdict in (await db.DependencyPictureAsync(plan, cancellationToken)).Verdicts(settings.Component))
        {
            findings.Show(verdict.Declaration, verdict.Seen);
            if (verdict.Objection is { } objection) findings.Breach(new ArtefactTrouble(HaltCause.DependencyConflict, objection));
        }

        return findings.Outcome();
    }
}
