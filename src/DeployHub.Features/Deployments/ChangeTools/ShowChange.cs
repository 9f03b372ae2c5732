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
    /// <param name="Objection">Why no run may start under it; null where one may, and where no tool is asked.</param>
    /// <param name="Warning">The slot lies outside of the time that is planned there.</param>
    public sealed record View(string? Reference, string? Tool = null, ChangeSeen? Seen = null, DateTimeOffset? SeenAt = null, string? Trouble = null, string? Objection = null, string? Warning = null);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowChange, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowChange query, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(query.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", query.Number);

            var standings = await db.ChangeStandingsAsync([deployment], cancellationToken);
            return standings.GetValueOrDefault(deployment.Id) is { } change
                ? new View(
                    change.Number, change.Tool, change.Seen, change.SeenAt, change.Trouble, change.Objection(deployment.IsUnderWay, clock.GetUtcNow()), change.Seen?.Warning(deployment.Slot))
                : new View(deployment.Plan.ChangeReference);
        }
    }
}
