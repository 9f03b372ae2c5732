using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.BusyTimes;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.BusyTimes;

/// <summary>Changes what a calendar of others is called, where it comes from, and whom it concerns.</summary>
/// <param name="Seen">The row version that was looked at before; another one is refused.</param>
[Requires(Permission.ViewDeployments)] // the widest; what an address needs, and what a file, is checked below
public sealed record DescribeBusyCalendar(string Key, BusySettings Settings, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<DescribeBusyCalendar>
    {
        public Validator() => RuleFor(command => command.Settings).NotNull().SetValidator(new BusySettingsRules());
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<DescribeBusyCalendar, Result>
    {
        public async ValueTask<Result> Handle(DescribeBusyCalendar command, CancellationToken cancellationToken)
        {
            var found = await db.FindBusyCalendarAsync(command.Key, command.Seen, cancellationToken);
            if (found.Error is { } missing) return missing;
            if (caller.RefusalOf(found.Value.Settings, command.Settings) is { } refusal) return refusal;
            if (await db.UnknownAsync(command.Settings, cancellationToken) is { } unknown) return unknown;

            found.Value.Describe(command.Settings, clock.GetUtcNow());
            found.Value.WorkOutHolidays(clock.GetUtcNow());
            return Result.Success;
        }
    }
}
