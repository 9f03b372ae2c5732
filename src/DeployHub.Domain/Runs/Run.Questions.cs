using DeployHub.Domain.Access;

namespace DeployHub.Domain.Runs;

/// <summary>The question box: what readers ask, and what becomes of it (domain J12).</summary>
public sealed partial class Run
{
    /// <summary>How many questions one reader may have open in a run.</summary>
    public const int MostOpenQuestions = 20;

    public IReadOnlyList<ReaderQuestion> Questions { get; private set; } = [];

    public int OpenQuestions => Questions.Count(question => question.Status is QuestionStatus.Open);

    /// <summary>No phase passes while one of these is open.</summary>
    public IReadOnlyList<ReaderQuestion> BlockingQuestions() => [.. Questions.Where(question => question.Blocks)];

    /// <summary>Such as “2 questions, 1 blocking”; null while none is open.</summary>
    public string? QuestionsInWords => OpenQuestions == 0 ? null : $"{Words.Count(OpenQuestions, "question")}, {BlockingQuestions().Count} blocking";

    /// <summary>
    /// A reader asks about what a step asked to be read, before confirming or after. Answers the question's number. Refused with <c>run.over</c>,
    /// <c>run.no-acknowledgement</c>, <c>run.no-reader-of-this</c>, or <c>run.too-many-questions</c>.
    /// </summary>
    public Result<int> AskQuestion(Stage stage, string subject, int step, string text, bool isBlocking, Actor by, DateTimeOffset at)
    {
        if (IsOver) return RunErrors.RunIsOver;
        if (ReadStep(stage, subject, step) is not ({ } targetRun, { Attempts.Count: > 0 } read)) return RunErrors.NothingToAcknowledge;
        if (by.Kind is not ActorKind.Person || !read.Readers!.Any(reader => reader.Person.Is(by))) return RunErrors.NoReaderOfThis(read.Readers!.Select(reader => reader.Person.Name));
        if (Questions.Count(question => question.Status is QuestionStatus.Open && question.By.Is(by)) >= MostOpenQuestions) return RunErrors.TooManyQuestions;

        var question = new ReaderQuestion(Questions.Count + 1, stage, subject, step, read.Name, text.Trim(), isBlocking, by, at);
        Questions = [.. Questions, question];
        Append($"question:{question.Number}", nameof(QuestionStatus.Open), $"{targetRun.Subject}: {by.Name} asked question {question.Number} about “{read.Name}”{(isBlocking ? ", which blocks" : "")}.", by, at);
        LookAgain(at);
        return question.Number;
    }

    /// <summary>Refused with <c>run.over</c>, <c>question.not-found</c>, or <c>run.question-settled</c>.</summary>
    public Result AnswerQuestion(int number, string text, Actor by, DateTimeOffset at) => EndQuestion(number, QuestionStatus.Answered, text, by, at);

    /// <summary>By whoever asked or may answer. Refused as answering is, and with <c>run.question-of-another</c>.</summary>
    public Result ResolveQuestion(int number, string text, bool mayAnswer, Actor by, DateTimeOffset at) =>
        !mayAnswer && Questions.FirstOrDefault(question => question.Number == number) is { } found && !found.By.Is(by) ? RunErrors.QuestionOfAnother : EndQuestion(number, QuestionStatus.Resolved, text, by, at);

    /// <summary>Goes on without an answer, for a reason. Refused as answering is, and with <c>run.question-not-blocking</c>.</summary>
    public Result OverruleQuestion(int number, string reason, Actor by, DateTimeOffset at) =>
        Questions.Any(question => question.Number == number && !question.IsBlocking) ? RunErrors.QuestionNotBlocking : EndQuestion(number, QuestionStatus.Overruled, reason, by, at);

    private Result EndQuestion(int number, QuestionStatus became, string reply, Actor by, DateTimeOffset at)
    {
        if (IsOver) return RunErrors.RunIsOver;
        if (Questions.FirstOrDefault(question => question.Number == number) is not { } found) return Error.NotFound("question", $"{Name}, {number}");
        if (found.Status is not QuestionStatus.Open) return RunErrors.QuestionSettled(found);

        Questions = [.. Questions.Select(question => question == found ? found with { Status = became, Reply = reply.Trim(), RepliedBy = by, RepliedAt = at } : question)];
        Append($"question:{number}", became.ToString(), $"{by.Name} {Words.Of(became)} question {number} of {found.By.Name}{(became is QuestionStatus.Overruled ? $": {reply.Trim()}" : ".")}", by, at);
        LookAgain(at);
        return Result.Success;
    }

    /// <summary>What a phase waits for may be different now.</summary>
    private void LookAgain(DateTimeOffset at)
    {
        DueAt = at;
        SayWhatItWaitsForNow(at);
    }
}
