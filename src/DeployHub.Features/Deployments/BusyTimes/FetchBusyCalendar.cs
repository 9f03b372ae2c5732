using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.BusyTimes;

/// <summary>Asks a worker to fetch a calendar of others now. What it finds stands on the page of these calendars a moment later.</summary>
[Requires(Permission.ViewDeployments)] // whoever plans, or an administrator: where it is fetched from was said by one
public sealed record FetchBusyCalendar(string Key) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<FetchBusyCalendar>
    {
        public Validator() => RuleFor(command => command.Key).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, Doorbell doorbell, TimeProvider clock) : ICommandHandler<FetchBusyCalendar, Result>
    {
        public async ValueTask<Result> Handle(FetchBusyCalendar command, CancellationToken cancellationToken)
        {
            var found = await db.FindBusyCalendarAsync(command.Key, null, cancellationToken);
            if (found.Error is { } missing) return missing;
            if (caller.RefusalOf(Permission.PlanDeployments) is { } refusal && caller.RefusalOf(Permission.ManageSettings) is not null) return refusal;

            db.AfterCommit.Add(doorbell.Ring);
            return found.Value.Fetch(clock.GetUtcNow());
        }
    }
}
