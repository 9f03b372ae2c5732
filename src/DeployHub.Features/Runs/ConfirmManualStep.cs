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

/// <summary>Says as a second person that what somebody did by hand is done.</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
/// <param name="Stage">The stage it waits in.</param>
/// <param name="Subject">The target or component version.</param>
/// <param name="Step">Number of the step, from 1.</param>
/// <param name="Attempt">Which attempt of the step was seen; null means whichever is asked for now.</param>
[Requires(Permission.PerformManualSteps)]
public sealed record ConfirmManualStep(string Run, Stage Stage, string Subject, int Step, int? Attempt = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ConfirmManualStep>
    {
        public Validator() => RuleFor(command => command.Step).GreaterThan(0);
    }

    internal sealed class Handler(DeployHubDb db, Doorbell doorbell, Caller caller, TimeProvider clock) : ICommandHandler<ConfirmManualStep, Result>
    {
        public async ValueTask<Result> Handle(ConfirmManualStep command, CancellationToken cancellationToken)
        {
            var locked = await db.LockRunForAsync(command.Run, Permission.PerformManualSteps, caller, cancellationToken);
            if (locked.Error is { } error) return error;

            var (run, at) = (locked.Value, clock.GetUtcNow());
            var asked = run.Asked(command.Stage, command.Subject, command.Step, command.Attempt);
            if (asked.Error is { } refusal) return refusal;

            var confirmed = run.Confirm(asked.Value, command.Step, caller.Actor, at);
            return confirmed.Error is null ? await db.GoOnAsync(run, doorbell, at, cancellationToken) : confirmed;
        }
    }
}
