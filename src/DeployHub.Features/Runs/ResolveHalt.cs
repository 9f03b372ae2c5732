using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>Ends a halt by a recorded decision (domain §2.4.4).</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
/// <param name="Remedy">For <see cref="ResolutionChoice.FixAndRecheck"/> and <see cref="ResolutionChoice.ContinueManually"/>: what was fixed or done, and where that is recorded.</param>
/// <param name="Until">For <see cref="ResolutionChoice.AcceptWithWaiver"/>: by when what was waived is put right; for <see cref="ResolutionChoice.ExtendWindow"/>: the slot's new end.</param>
/// <param name="CompensatingMeasure">For <see cref="ResolutionChoice.AcceptWithWaiver"/>: what bears the risk meanwhile.</param>
/// <param name="SupersededBy">For <see cref="ResolutionChoice.RollForward"/>: number of the deployment that fixes it.</param>
/// <param name="Targets">For <see cref="ResolutionChoice.ExcludeTargets"/>: the failed targets to leave out.</param>
[Requires(Permission.RollBack)] // the widest of the choices; each choice checks its own below
public sealed record ResolveHalt(
    string Run, ResolutionChoice Choice, CauseClass CauseClass, string Diagnosis, IReadOnlyList<string>? Targets = null, bool ShouldModelChange = false, string? Remedy = null,
    DateTimeOffset? Until = null, string? CompensatingMeasure = null, string? SupersededBy = null)
    : ICommand<Result>
{
    /// <summary>Who may choose what (domain §2.4.4).</summary>
    public static Permission PermissionFor(ResolutionChoice choice) => choice switch
    {
        ResolutionChoice.RollBack => Permission.RollBack,
        ResolutionChoice.AcceptWithWaiver => Permission.WaiveChecks,
        ResolutionChoice.ExtendWindow => Permission.ExtendWindows,
        ResolutionChoice.RollForward => Permission.RollForward,
        ResolutionChoice.Abandon => Permission.Abandon,
        ResolutionChoice.ReplaceComponent => Permission.PlanDeployments,
        _ => Permission.ResolveHalts,
    };

    internal sealed class Validator : AbstractValidator<ResolveHalt>
    {
        public Validator()
        {
            RuleFor(command => command.Choice).IsInEnum();
            RuleFor(command => command.CauseClass).IsInEnum();
            RuleFor(command => command.Diagnosis).NotEmpty().WithMessage("Write what you found out: every resolution records its diagnosis.").MaximumLength(4000);
            RuleFor(command => command.Remedy).MaximumLength(4000);
            RuleFor(command => command.CompensatingMeasure).MaximumLength(4000);
            RuleFor(command => command.SupersededBy).MaximumLength(20);
        }
    }

    internal sealed class Handler(DeployHubDb db, Doorbell doorbell, Caller caller, TimeProvider clock) : ICommandHandler<ResolveHalt, Result>
    {
        public async ValueTask<Result> Handle(ResolveHalt command, CancellationToken cancellationToken)
        {
            var locked = await db.LockRunForAsync(command.Run, PermissionFor(command.Choice), caller, cancellationToken);
            if (locked.Error is { } error) return error;

            var run = locked.Value;
            var at = clock.GetUtcNow();
            var resolved = await ResolveAsync(run, command, DecisionOf(command, at), cancellationToken);
            if (resolved.Error is not null) return resolved;

            await db.SettleAsync([run], at, cancellationToken);
            db.AfterCommit.Add(() => doorbell.RingFor(run, at));
            return Result.Success;
        }

        private Decision DecisionOf(ResolveHalt command, DateTimeOffset at) => new(
            command.CauseClass, command.Diagnosis, caller.Actor, at, command.ShouldModelChange, string.IsNullOrWhiteSpace(command.Remedy) ? null : command.Remedy.Trim(),
            command.CompensatingMeasure is null ? null : new Waiver(command.Until ?? at, command.CompensatingMeasure), string.IsNullOrWhiteSpace(command.SupersededBy) ? null : command.SupersededBy.Trim());

        private async Task<Result> ResolveAsync(Run run, ResolveHalt command, Decision decision, CancellationToken cancellationToken) => command.Choice switch
        {
            ResolutionChoice.Retry => run.Retry(decision),
            ResolutionChoice.FixAndRecheck => run.FixAndRecheck(decision),
            ResolutionChoice.Postpone => run.Postpone(decision),
            ResolutionChoice.ReplaceComponent => run.ReplaceComponent(decision),
            ResolutionChoice.AcceptWithWaiver => await WaiveAsync(run, decision, cancellationToken),
            ResolutionChoice.ExtendWindow => await ExtendWindowAsync(run, command, decision, cancellationToken),
            ResolutionChoice.RollForward => await RollForwardAsync(run, decision, cancellationToken),
            ResolutionChoice.ContinueManually => run.ContinueManually(decision),
            ResolutionChoice.ExcludeTargets => await ExcludeAsync(run, command, decision, cancellationToken),
            ResolutionChoice.RollBack => await RollBackAsync(run, decision, cancellationToken),
            ResolutionChoice.Abandon => run.Abandon(decision),
            _ => run.OpenHalt is { } halt ? RunErrors.NotAllowedFor(command.Choice, halt.Cause) : RunErrors.NotHalted,
        };

        private async Task<Result> WaiveAsync(Run run, Decision decision, CancellationToken cancellationToken)
        {
            var deployment = await db.Deployments.SingleAsync(deployment => deployment.Id == run.DeploymentId, cancellationToken);
            return run.AcceptWithWaiver(decision, deployment.Plan.Reason is ReasonCode.FixIncident, deployment.Planners.Any(decision.By.Is));
        }

        private async Task<Result> ExcludeAsync(Run run, ResolveHalt command, Decision decision, CancellationToken cancellationToken)
        {
            var policy = await db.Environments.Where(environment => environment.Id == run.EnvironmentId).Select(environment => environment.Policy).SingleAsync(cancellationToken);
            return run.ExcludeTargets(command.Targets ?? [], policy.MaxExcludedPercent, caller.Roles.Contains(Role.DeploymentManager), decision);
        }

        private async Task<Result> ExtendWindowAsync(Run run, ResolveHalt command, Decision decision, CancellationToken cancellationToken)
        {
            var until = (command.Until ?? decision.At).ToUniversalTime();
            var deployment = await db.Deployments.SingleAsync(deployment => deployment.Id == run.DeploymentId, cancellationToken);
            var calendar = (await db.CalendarFactsAsync([deployment], decision.At, cancellationToken))[deployment.Id];
            var extended = run.ExtendWindow(until, decision, calendar.FrozenFrom(deployment, decision.At));
            if (extended.Error is not null) return extended;

            deployment.ExtendSlot(until, decision.By, decision.At);
            return extended;
        }

        private async Task<Result> RollForwardAsync(Run run, Decision decision, CancellationToken cancellationToken)
        {
            if (string.IsNullOrEmpty(decision.SupersededBy)) return run.RollForward(decision);
            if (await db.FindDeploymentAsync(decision.SupersededBy, cancellationToken) is not { } successor) return RunErrors.SuccessorMissing;

            var superseded = await db.Deployments.SingleAsync(deployment => deployment.Id == run.DeploymentId, cancellationToken);
            var linked = superseded.SupersedeBy(successor);
            return linked.Error is not null ? linked : run.RollForward(decision);
        }

        private async Task<Result> RollBackAsync(Run run, Decision decision, CancellationToken cancellationToken)
        {
            if (run.OpenHalt is null) return RunErrors.NotHalted;

            var plan = await db.RollbackPlanAsync(run, cancellationToken);
            return plan.Error is { } cannot ? cannot : run.RollBack(plan.Value, decision);
        }
    }
}
