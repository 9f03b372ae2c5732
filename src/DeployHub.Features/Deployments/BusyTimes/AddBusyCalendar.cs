using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.BusyTimes;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.BusyTimes;

/// <summary>Shows the periods of somebody else's calendar from now on: fetched from its address every hour, or uploaded as a file. Answers its key.</summary>
[Requires(Permission.ViewDeployments)] // the widest; what an address needs, and what a file, is checked below
public sealed record AddBusyCalendar(string Key, BusySettings Settings) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<AddBusyCalendar>
    {
        public Validator()
        {
            RuleFor(command => command.Key).IsKey();
            RuleFor(command => command.Settings).NotNull().SetValidator(new BusySettingsRules());
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<AddBusyCalendar, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(AddBusyCalendar command, CancellationToken cancellationToken)
        {
            if (caller.RefusalOf(command.Settings) is { } refusal) return refusal;
            if (await db.UnknownAsync(command.Settings, cancellationToken) is { } unknown) return unknown;
            if (await db.BusyCalendars.CountAsync(cancellationToken) >= BusyLookups.MostCalendars) return BusyErrors.TooMany(BusyLookups.MostCalendars);

            var calendar = BusyCalendar.Add(command.Key, command.Settings, caller.Actor, clock.GetUtcNow());
            calendar.WorkOutHolidays(clock.GetUtcNow());
            db.BusyCalendars.Add(calendar);
            return command.Key;
        }
    }
}
