using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Runs;

/// <summary>Goes on although a question that blocks is open.</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
/// <param name="Number">Of the question within the run.</param>
/// <param name="Reason">Why it does not have to be answered first.</param>
[Requires(Permission.PromotePhases)]
public sealed record OverruleQuestion(string Run, int Number, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<OverruleQuestion>
    {
        public Validator()
        {
            RuleFor(command => command.Reason).IsReason();
        }
    }

    internal sealed class Handler(DeployHubDb db, Doorbell doorbell, Caller caller, TimeProvider clock) : ICommandHandler<OverruleQuestion, Result>
    {
        public async ValueTask<Result> Handle(OverruleQuestion command, CancellationToken cancellationToken)
        {
            var locked = await db.LockRunForAsync(command.Run, Permission.PromotePhases, caller, cancellationToken);
            if (locked.Error is { } error) return error;

            var overruled = locked.Value.OverruleQuestion(command.Number, command.Reason, caller.Actor, clock.GetUtcNow());
            if (overruled.Error is null) db.AfterCommit.Add(doorbell.Ring);
            return overruled;
        }
    }
}
