using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Runs;

/// <summary>Rejects what was deployed: the run halts with the reason.</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
/// <param name="Stage">The stage that asks.</param>
/// <param name="Subject">A target on which the step asks; the word is for all of them.</param>
/// <param name="Step">Number of the step, from 1.</param>
/// <param name="Reason">What is not as it has to be.</param>
[Requires(Permission.AcknowledgeVersions)]
public sealed record RejectVersion(string Run, Stage Stage, string Subject, int Step, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<RejectVersion>
    {
        public Validator()
        {
            RuleFor(command => command.Stage).IsInEnum();
            RuleFor(command => command.Reason).IsReason();
        }
    }

    internal sealed class Handler(DeployHubDb db, Doorbell doorbell, Caller caller, TimeProvider clock) : ICommandHandler<RejectVersion, Result>
    {
        public async ValueTask<Result> Handle(RejectVersion command, CancellationToken cancellationToken)
        {
            var locked = await db.LockRunForAsync(command.Run, Permission.AcknowledgeVersions, caller, cancellationToken);
            if (locked.Error is { } error) return error;

            var (run, at) = (locked.Value, clock.GetUtcNow());
            var said = run.AskingReaders(command.Stage, command.Subject) is { } asking ? run.Reject(asking, command.Step, command.Reason, caller.Actor, at) : RunErrors.NothingToAcknowledge;
            if (said.Error is not null) return said;

            await db.SettleAsync([run], at, cancellationToken);
            db.AfterCommit.Add(() => doorbell.RingFor(run, at));
            return Result.Success;
        }
    }
}
