using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Tells what an agent, a scan or a CI system saw of a component on a target. Observed is not desired: nothing is deployed by this.</summary>
/// <param name="Version">Label of a registered version; null when the component is absent.</param>
/// <param name="Source">What looked, such as <c>cmdb-scan</c>; the reporter's name is added.</param>
/// <param name="ObservedAt">When it was seen; now unless told.</param>
[Requires(Permission.ReportObservations)]
public sealed record ReportObservation(
    string Environment, string Target, string Component, string? Version, string Source, DateTimeOffset? ObservedAt = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ReportObservation>
    {
        public Validator(TimeProvider clock)
        {
            RuleFor(command => command.Component).NotEmpty().WithMessage("Say which component was looked at.");
            RuleFor(command => command.Source).NotEmpty().WithMessage("Say what looked: an agent, a scan, a CI system.")
                .MaximumLength(100).WithMessage("Use at most 100 characters.");
            RuleFor(command => command.ObservedAt).Must(at => at is null || at <= clock.GetUtcNow().AddMinutes(1)) // A minute for clocks that differ.
                .WithMessage("An observation lies in the past; check the reporter's clock.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ReportObservation, Result>
    {
        public async ValueTask<Result> Handle(ReportObservation command, CancellationToken cancellationToken)
        {
            var target = await db.TargetAsync(command.Environment, command.Target, cancellationToken);
            if (target is null) return Error.NotFound("target", $"{command.Environment}/{command.Target}");
            if (caller.RefusalAround(Permission.ReportObservations, environment: command.Environment) is { } outOfReach) return outOfReach;
            if (target.RetiredAt is not null) return InventoryErrors.TargetRetired(target.Name);
            var component = await db.Components.SingleOrDefaultAsync(component => component.Key == command.Component, cancellationToken);
            if (component is null) return InventoryErrors.Unknown("component", nameof(Component), command.Component);
            var version = await db.ComponentVersions
                .SingleOrDefaultAsync(version => version.ComponentId == component.Id && version.Label == command.Version, cancellationToken);
            if (version is null && command.Version is { } label) return InventoryErrors.Unknown("component-version", nameof(Version), label);

            return await ObserveAsync(target.Id, component, command, cancellationToken);
        }

        private async Task<Result> ObserveAsync(TargetId target, Component component, ReportObservation command, CancellationToken cancellationToken)
        {
            var at = (command.ObservedAt ?? clock.GetUtcNow()).ToUniversalTime();
            var known = await db.ObservedVersions
                .SingleOrDefaultAsync(observed => observed.TargetId == target && observed.ComponentId == component.Id, cancellationToken);
            if (known is not null && known.ObservedAt > at) return InventoryErrors.ObservationOutdated(known.ObservedAt);

            var seen = new SeenFact(new WatchedFact(FactKind.Component, component.Key), command.Version ?? WatchedFact.Absent);
            await db.LookAsync(target, [seen], $"{command.Source}, reported by {caller.Actor.Name}", at, cancellationToken);
            return Result.Success;
        }
    }
}
