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

/// <summary>Confirms, for oneself and once, to have read and understood the version that a step asks about.</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
/// <param name="Stage">The stage that asks.</param>
/// <param name="Subject">The target: the readership.</param>
/// <param name="Step">Number of the step, from 1.</param>
[Requires(Permission.AcknowledgeVersions)]
public sealed record AcknowledgeVersion(string Run, Stage Stage, string Subject, int Step) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<AcknowledgeVersion>
    {
        public Validator() => RuleFor(command => command.Stage).IsInEnum();
    }

    internal sealed class Handler(DeployHubDb db, Doorbell doorbell, Caller caller, TimeProvider clock) : ICommandHandler<AcknowledgeVersion, Result>
    {
        public async ValueTask<Result> Handle(AcknowledgeVersion command, CancellationToken cancellationToken)
        {
            var locked = await db.LockRunForAsync(command.Run, Permission.AcknowledgeVersions, caller, cancellationToken);
            if (locked.Error is { } error) return error;

            var (run, at) = (locked.Value, clock.GetUtcNow());
            var wasOver = run.IsOver;
            var acknowledged = run.AskingReader(command.Stage, command.Subject, command.Step, caller.Actor) is { } asking ? run.Acknowledge(asking, command.Step, caller.Actor, at) : RunErrors.NothingToAcknowledge;
            if (acknowledged.Error is not null || wasOver) return acknowledged;

            await db.SettleAsync([run], at, cancellationToken);
            db.AfterCommit.Add(() => doorbell.RingFor(run, at));
            return Result.Success;
        }
    }
}
