using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Runs;

/// <summary>Readers show that they have understood before they confirm (domain §2.3.3).</summary>
public sealed partial class Run
{
    /// <summary>
    /// A reader's try at the questions: below the pass mark it may be tried again. Which were wrong is told, what is right is not. Refused as confirming
    /// is, and with <c>run.no-quiz</c>, <c>run.quiz-passed</c>, <c>run.quiz-incomplete</c> and <c>run.quiz-choice-unknown</c>.
    /// </summary>
    public Result<QuizResult> AnswerQuiz(TargetRunId id, int step, IReadOnlyList<QuizAnswer> answers, Actor by, DateTimeOffset at)
    {
        var asked = AskedToRead(id, step, by);
        if (asked.Error is { } refusal) return refusal;

        var (targetRun, current) = asked.Value;
        var (asks, reader) = ((Acknowledge)current.Settings, current.Readers!.First(known => known.Person.Is(by)));
        if (!current.HasQuizFor(reader)) return RunErrors.NoQuiz;
        if (reader.Quiz is { IsPassed: true }) return RunErrors.QuizPassed;
        if (Objection(asks.Quiz!, answers) is { } objection) return objection;

        var result = QuizResult.Judge(asks, answers, (reader.Quiz?.Tries ?? 0) + 1, at);
        current.Readers = [.. current.Readers!.Select(known => known.Person.Is(by) ? known with { Quiz = result } : known)];
        Append(
            $"quiz:{targetRun.Id.Value}/{current.Number}", result.IsPassed ? "Passed" : "NotPassed",
            $"{targetRun.Subject}: {by.Name} answered {result.Right} of {Words.Count(result.Of, "question")} of “{current.Name}” right at try {result.Tries}; {result.Needed} {(result.Needed == 1 ? "has" : "have")} to be", by, at);
        return result;
    }

    private static Error? Objection(IReadOnlyList<QuizQuestion> quiz, IReadOnlyList<QuizAnswer> answers)
    {
        foreach (var (index, question) in quiz.Index())
        {
            var mine = answers.Where(answer => answer.Question == index + 1).ToList();
            if (mine is not [{ Chosen.Count: > 0 } answer]) return RunErrors.QuizIncomplete(index + 1, question.Text);
            if (answer.Chosen.Except(question.Choices).FirstOrDefault() is { } unknown) return RunErrors.QuizChoiceUnknown(index + 1, unknown);
        }

        return null;
    }
}
