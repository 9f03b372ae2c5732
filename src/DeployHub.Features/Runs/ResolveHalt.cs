using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>Ends a halt by a recorded decision (domain §2.4.4).</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
/// <param name="Remedy">For <see cref="ResolutionChoice.FixAndRecheck"/>: what was fixed and where that is recorded.</param>
/// <param name="Targets">For <see cref="ResolutionChoice.ExcludeTargets"/>: the failed targets to leave out.</param>
[Requires(Permission.RollBack)] // the widest of the choices; each choice checks its own below
public sealed record ResolveHalt(
    string Run, ResolutionChoice Choice, CauseClass CauseClass, string Diagnosis, IReadOnlyList<string>? Targets = null, bool ShouldModelChange = false, string? Remedy = null)
    : ICommand<Result>
{
    /// <summary>Who may choose what (domain §2.4.4).</summary>
    public static Permission PermissionFor(ResolutionChoice choice) => choice switch
    {
        ResolutionChoice.RollBack => Permission.RollBack,
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
            RuleFor(command => command.Diagnosis).NotEmpty().WithMessage("Write what you found out: every resolution records its diagnosis (domain §2.4.4).").MaximumLength(4000);
            RuleFor(command => command.Remedy).MaximumLength(4000);
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
            var resolved = await ResolveAsync(run, command, new Decision(command.CauseClass, command.Diagnosis, caller.Actor, at, command.ShouldModelChange, command.Remedy), cancellationToken);
            if (resolved.Error is not null) return resolved;

            await db.SettleAsync([run], at, cancellationToken);
            db.AfterCommit.Add(() => doorbell.RingFor(run, at));
            return Result.Success;
        }

        private async Task<Result> ResolveAsync(Run run, ResolveHalt command, Decision decision, CancellationToken cancellationToken) => command.Choice switch
        {
            ResolutionChoice.Retry => run.Retry(decision),
            ResolutionChoice.FixAndRecheck => run.FixAndRecheck(decision),
            ResolutionChoice.Postpone => run.Postpone(decision),
            ResolutionChoice.ReplaceComponent => run.ReplaceComponent(decision),
            ResolutionChoice.ContinueManually => run.ContinueManually(decision),
            ResolutionChoice.ExcludeTargets => await ExcludeAsync(run, command, decision, cancellationToken),
            ResolutionChoice.RollBack => await RollBackAsync(run, decision, cancellationToken),
            ResolutionChoice.Abandon => run.Abandon(decision),
            _ => run.OpenHalt is { } halt ? RunErrors.NotAllowedFor(command.Choice, halt.Cause) : RunErrors.NotHalted,
        };

        private async Task<Result> ExcludeAsync(Run run, ResolveHalt command, Decision decision, CancellationToken cancellationToken)
        {
            var policy = await db.Environments.Where(environment => environment.Id == run.EnvironmentId).Select(environment => environment.Policy).SingleAsync(cancellationToken);
            return run.ExcludeTargets(command.Targets ?? [], policy.MaxExcludedPercent, caller.Roles.Contains(Role.DeploymentManager), decision);
        }

        private async Task<Result> RollBackAsync(Run run, Decision decision, CancellationToken cancellationToken)
        {
            if (run.OpenHalt is null) return RunErrors.NotHalted;

            var phases = await db.RollbackPhasesAsync(run, cancellationToken);
            return phases.Error is { } cannot ? cannot : run.RollBack(phases.Value, decision);
        }
    }
}
