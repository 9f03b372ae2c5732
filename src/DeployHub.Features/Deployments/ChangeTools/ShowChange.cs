using DeployHub.Domain;
using DeployHub.Domain.Deployments.ChangeTools;
using DeployHub.Features.Data;
using Mediator;

namespace DeployHub.Features.Deployments.ChangeTools;

/// <summary>The change under which a deployment happens, as its tool said it last.</summary>
/// <param name="Number">Of the deployment.</param>
public sealed record ShowChange(string Number) : IQuery<Result<ShowChange.View>>
{
    /// <param name="Reference">As the plan names it; null where it names none.</param>
    /// <param name="Tool">Name of the change tool that knows it; null where none is connected for it.</param>
    /// <param name="Trouble">Why the last look failed.</param>
    /// <param name="Objection">Why no run may start under it; null where one may, and where no tool is asked.</param>
    /// <param name="Warning">The slot lies outside of the time that is planned there. None of the three once the deployment is over.</param>
    /// <param name="Approvals">What it has to do with the approvals, in a sentence; null where nothing.</param>
    /// <param name="StandsForApprovals">Its connection lets it stand for the approvals that only the table asks for.</param>
    public sealed record View(
        string? Reference, string? Tool = null, ChangeSeen? Seen = null, DateTimeOffset? SeenAt = null, string? Trouble = null, string? Objection = null, string? Warning = null, string? Approvals = null, bool StandsForApprovals = false);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowChange, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowChange query, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(query.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", query.Number);

            var standings = await db.ChangeStandingsAsync([deployment], cancellationToken);
            if (standings.GetValueOrDefault(deployment.Id) is not { } change) return new View(deployment.Plan.ChangeReference);

            var seen = new View(change.Number, change.Tool, change.Seen, change.SeenAt)
            {
                Approvals = deployment.ApprovalsBy(change, clock.GetUtcNow()),
                StandsForApprovals = change.StandsForApprovals,
            };
            return deployment.IsOver ? seen : seen with
            {
                Trouble = change.Trouble,
                Objection = change.Objection(deployment.IsUnderWay, clock.GetUtcNow()),
                Warning = change.Seen?.Warning(deployment.Slot),
            };
        }
    }
}
