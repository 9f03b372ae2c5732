using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.BusyTimes;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.BusyTimes;

/// <summary>Changes what a calendar of others is called, where it comes from, and whom it concerns.</summary>
[Requires(Permission.PlanDeployments)]
public sealed record DescribeBusyCalendar(string Key, BusySettings Settings) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<DescribeBusyCalendar>
    {
        public Validator() => RuleFor(command => command.Settings).NotNull().SetValidator(new BusySettingsRules());
    }

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : ICommandHandler<DescribeBusyCalendar, Result>
    {
        public async ValueTask<Result> Handle(DescribeBusyCalendar command, CancellationToken cancellationToken)
        {
            var found = await db.FindBusyCalendarAsync(command.Key, cancellationToken);
            if (found.Error is { } missing) return missing;
            if (await db.UnknownAsync(command.Settings, cancellationToken) is { } unknown) return unknown;

            found.Value.Describe(command.Settings, clock.GetUtcNow());
            return Result.Success;
        }
    }
}
