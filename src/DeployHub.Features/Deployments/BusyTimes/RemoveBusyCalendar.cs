using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.BusyTimes;

/// <summary>Shows a calendar of others no more. What it said was advice, so nothing that was decided refers to it.</summary>
[Requires(Permission.ViewDeployments)] // the widest; what an address needs, and what a file, is checked below
public sealed record RemoveBusyCalendar(string Key) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<RemoveBusyCalendar>
    {
        public Validator() => RuleFor(command => command.Key).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller) : ICommandHandler<RemoveBusyCalendar, Result>
    {
        public async ValueTask<Result> Handle(RemoveBusyCalendar command, CancellationToken cancellationToken)
        {
            var found = await db.FindBusyCalendarAsync(command.Key, null, cancellationToken);
            if (found.Error is { } missing) return missing;
            if (caller.RefusalOf(found.Value.Settings) is { } refusal) return refusal;

            db.BusyCalendars.Remove(found.Value);
            return Result.Success;
        }
    }
}
