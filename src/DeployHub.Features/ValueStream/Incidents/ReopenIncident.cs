using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.ValueStream.Incidents;

/// <summary>Says that an incident was not over after all. Nothing happens to one that is open.</summary>
/// <param name="Source">Key of its tool; null for the one that has none, else the only one there is.</param>
[Requires(Permission.ReportIncidents)]
public sealed record ReopenIncident(string Reference, string? Source = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ReopenIncident>
    {
        public Validator() => RuleFor(command => command.Source).IsSourceOrNothing();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller) : ICommandHandler<ReopenIncident, Result>
    {
        public async ValueTask<Result> Handle(ReopenIncident command, CancellationToken cancellationToken)
        {
            var found = await db.FindIncidentAsync(command.Reference, command.Source, cancellationToken);
            if (found.Error is { } missing) return missing;
            if (caller.RefusalAround(Permission.ReportIncidents, await db.ServiceOfAsync(found.Value, cancellationToken)) is { } outOfReach) return outOfReach;

            found.Value.Reopen();
            return Result.Success;
        }
    }
}
