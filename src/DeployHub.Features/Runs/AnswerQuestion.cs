using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Runs;

/// <summary>Answers what a reader asked.</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
/// <param name="Number">Of the question within the run.</param>
/// <param name="Text">The answer; the asker sees it.</param>
[Requires(Permission.AnswerQuestions)]
public sealed record AnswerQuestion(string Run, int Number, string Text) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<AnswerQuestion>
    {
        public Validator()
        {
            RuleFor(command => command.Text).NotEmpty().WithMessage("Write the answer.").MaximumLength(4000).WithMessage("Use at most 4000 characters.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Doorbell doorbell, Caller caller, TimeProvider clock) : ICommandHandler<AnswerQuestion, Result>
    {
        public async ValueTask<Result> Handle(AnswerQuestion command, CancellationToken cancellationToken)
        {
            var locked = await db.LockRunForAsync(command.Run, Permission.AnswerQuestions, caller, cancellationToken);
            if (locked.Error is { } error) return error;

            var answered = locked.Value.AnswerQuestion(command.Number, command.Text, caller.Actor, clock.GetUtcNow());
            if (answered.Error is null) db.AfterCommit.Add(doorbell.Ring);
            return answered;
        }
    }
}
