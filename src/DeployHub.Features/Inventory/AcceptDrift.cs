using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using DeployHub.Features.Runs;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>
/// The environment's owner takes what was observed as the new baseline (domain B3): it is desired from now on, and the rollback of a run that
/// waits for this decision returns to it. A version has to be registered for that.
/// </summary>
/// <param name="Observed">What the owner saw; refused with <c>changed-meanwhile</c> when something else is there by now.</param>
/// <param name="Change">Where the change is recorded: an address or a number, such as <c>CHG-305</c>.</param>
[Requires(Permission.AcceptDrift)]
public sealed record AcceptDrift(string Environment, Guid Item, string Observed, string Reason, string Change) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<AcceptDrift>
    {
        public Validator()
        {
            RuleFor(command => command.Observed).NotEmpty().WithMessage("Send the value that you accept, as the item shows it.");
            RuleFor(command => command.Reason).IsReason();
            RuleFor(command => command.Change).NotEmpty().WithMessage("Say where the change is recorded: its address, or its number such as CHG-305.").MaximumLength(500).WithMessage("Use at most 500 characters.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<AcceptDrift, Result>
    {
        public async ValueTask<Result> Handle(AcceptDrift command, CancellationToken cancellationToken)
        {
            if (await db.FindDriftAsync(command.Environment, command.Item, cancellationToken) is not { } found) return Error.NotFound("drift-item", command.Item.ToString());
            if (caller.OwnerRefusal(command.Environment) is { } refusal) return refusal;

            var runs = found.Kind is FactKind.Component ? await WaitingRunsAsync(found, cancellationToken) : []; // before the target, as the driver does
            var locked = await db.LockDriftAsync(command.Environment, command.Item, caller, cancellationToken);
            if (locked.Error is { } gone) return gone;
            if (locked.Value.Observed != command.Observed) return Conflicts.ChangedMeanwhile;

            var at = clock.GetUtcNow();
            if (locked.Value is { Kind: FactKind.Component, IsOpen: true } component && await DesireAsync(component, runs, at, cancellationToken) is { } unregistered) return unregistered;
            var accepted = (await db.BaselineAsync(locked.Value.TargetId, cancellationToken)).Accept(locked.Value, command.Reason, command.Change, caller.Actor, at);
            if (accepted.Error is null) await db.RecordUnmanagedAsync(locked.Value, command.Environment, caller.Actor, at, cancellationToken);
            return accepted;
        }

        private async Task<IReadOnlyList<Run>> WaitingRunsAsync(DriftItem item, CancellationToken cancellationToken)
        {
            var holders = await (from target in db.Targets
                                 where target.Id == item.TargetId
                                 join held in db.EnvironmentLocks on target.EnvironmentId equals held.EnvironmentId
                                 where db.Components.Any(component => component.Id == held.ComponentId && component.Key == item.Name)
                                 select held.RunId).ToListAsync(cancellationToken);
            return await db.LockRunsAsync(holders, cancellationToken);
        }

        private async Task<Error?> DesireAsync(DriftItem item, IReadOnlyList<Run> runs, DateTimeOffset at, CancellationToken cancellationToken)
        {
            var component = await db.Components.SingleAsync(component => component.Key == item.Name, cancellationToken);
            var version = await db.ComponentVersions.SingleOrDefaultAsync(version => version.ComponentId == component.Id && version.Label == item.Observed, cancellationToken);
            if (version is null && item.Observed != WatchedFact.Absent) return DriftErrors.MustBeRegistered(component.Key, item.Observed);

            var observed = await db.ObservedVersions.FindAsync([item.TargetId, component.Id], cancellationToken)
                ?? db.ObservedVersions.Add(ObservedVersion.First(item.TargetId, component.Id, version?.Id, item.SeenBy, at)).Entity;
            observed.Accept(version?.Id, caller.Actor.Name, at);

            var moved = version is null ? null : new MovedVersion(component.Id, component.Key, version.Id, version.Label, version.Digest);
            foreach (var run in runs) run.AcceptBaseline(new Baseline(item.TargetId, component.Id, moved), caller.Actor, at);
            return null;
        }
    }
}
