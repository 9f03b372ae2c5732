using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Runs;

/// <summary>Tries the questions that a step asks before one may confirm; as often as it takes. Answers which were wrong, and never what is right.</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
/// <param name="Stage">The stage that asks.</param>
/// <param name="Subject">The target: the readership.</param>
/// <param name="Step">Number of the step, from 1.</param>
/// <param name="Answers">One for each question.</param>
[Requires(Permission.AcknowledgeVersions)]
public sealed record AnswerQuiz(string Run, Stage Stage, string Subject, int Step, IReadOnlyList<QuizAnswer> Answers) : ICommand<Result<QuizResult>>
{
    internal sealed class Validator : AbstractValidator<AnswerQuiz>
    {
        public Validator()
        {
            RuleFor(command => command.Stage).IsInEnum();
            RuleFor(command => command.Answers).NotNull().WithMessage("Answer the questions.").Must(answers => answers is null || answers.All(answer => answer?.Chosen is not null)).WithMessage("Say for each question what you choose.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<AnswerQuiz, Result<QuizResult>>
    {
        public async ValueTask<Result<QuizResult>> Handle(AnswerQuiz command, CancellationToken cancellationToken)
        {
            var locked = await db.LockRunForAsync(command.Run, Permission.AcknowledgeVersions, caller, cancellationToken);
            if (locked.Error is { } error) return error;

            var run = locked.Value;
            if (run.AskingReader(command.Stage, command.Subject, command.Step, caller.Actor) is not { } asking) return RunErrors.NothingToAcknowledge;

            return run.AnswerQuiz(asking, command.Step, command.Answers, caller.Actor, clock.GetUtcNow());
        }
    }
}
