using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.BusyTimes;

/// <summary>Shows a calendar of others no more. What it said was advice, so nothing that was decided refers to it.</summary>
[Requires(Permission.PlanDeployments)]
public sealed record RemoveBusyCalendar(string Key) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<RemoveBusyCalendar>
    {
        public Validator() => RuleFor(command => command.Key).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db) : ICommandHandler<RemoveBusyCalendar, Result>
    {
        public async ValueTask<Result> Handle(RemoveBusyCalendar command, CancellationToken cancellationToken)
        {
            var found = await db.FindBusyCalendarAsync(command.Key, cancellationToken);
            if (found.Error is { } missing) return missing;

            db.BusyCalendars.Remove(found.Value);
            return Result.Success;
        }
    }
}
