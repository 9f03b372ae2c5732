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

/// <summary>Asks about what one has to read, before or after confirming it. Answers the question's number.</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
/// <param name="Stage">The stage that asks.</param>
/// <param name="Subject">The target: the readership.</param>
/// <param name="Step">Number of the step, from 1.</param>
/// <param name="Text">The question.</param>
/// <param name="IsBlocking">No phase passes until it is answered or overruled.</param>
[Requires(Permission.AcknowledgeVersions)]
public sealed record AskQuestion(string Run, Stage Stage, string Subject, int Step, string Text, bool IsBlocking = false) : ICommand<Result<int>>
{
    internal sealed class Validator : AbstractValidator<AskQuestion>
    {
        public Validator()
        {
            RuleFor(command => command.Stage).IsInEnum();
            RuleFor(command => command.Text).NotEmpty().WithMessage("Write your question.").MaximumLength(2000).WithMessage("Use at most 2000 characters.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Doorbell doorbell, Caller caller, TimeProvider clock) : ICommandHandler<AskQuestion, Result<int>>
    {
        public async ValueTask<Result<int>> Handle(AskQuestion command, CancellationToken cancellationToken)
        {
            var locked = await db.LockRunForAsync(command.Run, Permission.AcknowledgeVersions, caller, cancellationToken);
            if (locked.Error is { } error) return error;

            var asked = locked.Value.AskQuestion(command.Stage, command.Subject, command.Step, command.Text, command.IsBlocking, caller.Actor, clock.GetUtcNow());
            if (asked.Error is null) db.AfterCommit.Add(doorbell.Ring);
            return asked;
        }
    }
}
