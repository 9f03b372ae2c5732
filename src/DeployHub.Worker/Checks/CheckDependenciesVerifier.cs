using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using DeployHub.Worker.Artefacts;
using DeployHub.Worker.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.Worker.Checks;

/// <summary>Looks at every declaration, so that all findings are known at once.</summary>
internal sealed class CheckDependenciesVerifier(IServiceScopeFactory scopes) : StepExecutor<CheckDependencies>
{
    protected override async Task<StepOutcome> ExecuteAsync(CheckDependencies settings, StepContext context, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        var version = context.Version!;
        var deployment = await db.Deployments.AsNoTracking().SingleOrDefaultAsync(deployment => deployment.Number == settings.Deployment, cancellationToken);
        if (deployment is null) return new StepOutcome.Failed($"There is no deployment {settings.Deployment} whose plan could be looked at. Correct it in the model, or leave it out for the run's own.", HaltCause.DependencyConflict);
        if (!deployment.Plan.Versions.Any(planned => planned.Component == version.Component && planned.Label == version.Label))
            return new StepOutcome.Failed($"The plan of {settings.Deployment} does not bring {version.Component} {version.Label}, so it cannot tell what goes with it. Correct deployment in the model, or leave it out for the run's own.", HaltCause.DependencyConflict);

        var verdicts = (await db.DependencyPictureAsync(deployment.Plan, cancellationToken)).Verdicts(version.Component);
        if (verdicts.Count == 0) return new StepOutcome.Succeeded([new Evidence("Dependencies", $"{version.Component} {version.Label} declares none, and nothing that stays declares any of it")]);

        var findings = new ArtefactFindings(context.Log);
        foreach (var verdict in verdicts)
        {
            findings.Show(verdict.Declaration, verdict.Seen);
            if (verdict.Objection is { } objection) findings.Breach(new ArtefactTrouble(HaltCause.DependencyConflict, objection));
        }

        return findings.Outcome();
    }
}
