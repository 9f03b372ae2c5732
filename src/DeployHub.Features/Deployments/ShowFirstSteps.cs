using DeployHub.Domain.Deployments;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments;

/// <summary>What a newcomer to the demo tries first, ticked off as it happens. Empty without the demo, and once everything was tried.</summary>
public sealed record ShowFirstSteps : IQuery<IReadOnlyList<ShowFirstSteps.Step>>
{
    /// <param name="As">Whose part it is.</param>
    /// <param name="Href">Where it is done; null where an earlier step has to come first.</param>
    public sealed record Step(string Text, string As, string? Href, bool IsDone);

    internal sealed class Handler(DeployHubDb db, SeedPeople people) : IQueryHandler<ShowFirstSteps, IReadOnlyList<Step>>
    {
        /// <summary>Nobody is a newcomer after so many deployments.</summary>
        private const int Newcomer = 20;
        private const string Good = "1.1.0";
        private const string Broken = "1.2.0";

        public async ValueTask<IReadOnlyList<Step>> Handle(ShowFirstSteps query, CancellationToken cancellationToken)
        {
            if (await db.Deployments.OrderBy(deployment => deployment.Number).Skip(Newcomer).AnyAsync(cancellationToken) || !await people.IsDemoThereAsync(cancellationToken)) return [];

            var deployments = await db.Deployments.AsNoTracking().OrderBy(deployment => deployment.Number).ToListAsync(cancellationToken);
            var good = deployments.FindLast(deployment => Moves(deployment, Good));
            var broken = deployments.FindLast(deployment => Moves(deployment, Broken));
            Step[] steps =
            [
                new($"Plan greeter-web {Good} for Production and submit it.", "as mia@demo.deployhub", Planning(Good), good is { Status: not DeploymentStatus.Draft }),
                new("Read the plan and approve it.", "as ana@demo.deployhub", AddressOf(good), good is { Status: not (DeploymentStatus.Draft or DeploymentStatus.InReview) }),
                new("Start it and watch six targets change in batches of two.", "as paul@demo.deployhub", AddressOf(good), good is { Outcome: Outcome.Succeeded or Outcome.SucceededAfterIntervention }),
                new($"Open the service from a target’s page: it answers {Good}.", "as anybody", good?.Outcome is null ? null : "/environments/production/targets/web-1", broken is not null),
                new($"Do the same with {Broken}, whose health check fails: the run halts in its first batch, and Paul rolls it back.", "as mia@demo.deployhub", Planning(Broken), broken is { Outcome: Outcome.RolledBack }),
            ];
            return steps.All(step => step.IsDone) ? [] : steps;
        }

        private static bool Moves(Deployment deployment, string label) =>
            deployment.Plan.Environment == "production" && deployment.Plan.Versions.Any(version => version.Component == "greeter-web" && version.Label == label);

        private static string Planning(string label) => $"/deployments/new?Input.Environment=production&Input.Versions=greeter-web@{label}&Input.Model=rolling-web-service";

        private static string? AddressOf(Deployment? deployment) => deployment is null ? null : $"/deployments/{deployment.Number}";
    }
}
