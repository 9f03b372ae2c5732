using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.ValueStream.Incidents;

/// <summary>Says that an incident is over, or corrects since when. Saying the same again changes nothing.</summary>
/// <param name="Source">Key of its tool; null for the one that has none, else the only one there is.</param>
/// <param name="ResolvedAt">Null for now, or for what was said before.</param>
[Requires(Permission.ReportIncidents)]
public sealed record ResolveIncident(string Reference, string? Source = null, DateTimeOffset? ResolvedAt = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ResolveIncident>
    {
        public Validator() => RuleFor(command => command.Source).IsSourceOrNothing();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ResolveIncident, Result>
    {
        public async ValueTask<Result> Handle(ResolveIncident command, CancellationToken cancellationToken)
        {
            var found = await db.FindIncidentAsync(command.Reference, command.Source, cancellationToken);
            if (found.Error is { } missing) return missing;
            if (caller.RefusalAround(Permission.ReportIncidents, await db.ServiceOfAsync(found.Value, cancellationToken)) is { } outOfReach) return outOfReach;

            return found.Value.Resolve(command.ResolvedAt?.ToUniversalTime(), caller.Actor, clock.GetUtcNow());
        }
    }
}
