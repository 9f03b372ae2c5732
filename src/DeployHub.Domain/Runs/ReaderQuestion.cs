using System.Text.Json.Serialization;
using DeployHub.Domain.Access;

namespace DeployHub.Domain.Runs;

public enum QuestionStatus
{
    Open,

    /// <summary>Somebody responsible has answered it.</summary>
    Answered,

    /// <summary>It has settled itself, or is settled elsewhere.</summary>
    Resolved,

    /// <summary>It blocked, and whoever may promote decided to go on without an answer.</summary>
    Overruled,
}

/// <summary>What a reader wants to know about what was deployed (domain J12). The asker and those who answer see its text; everybody sees how many there are.</summary>
/// <param name="Number">From 1 within the run.</param>
/// <param name="Subject">The readership.</param>
/// <param name="Step">Number of the step that asks for the confirmation.</param>
/// <param name="StepName">What that step is called.</param>
/// <param name="IsBlocking">No phase passes while it is open.</param>
public sealed record ReaderQuestion(int Number, Stage Stage, string Subject, int Step, string StepName, string Text, bool IsBlocking, Actor By, DateTimeOffset At)
{
    public QuestionStatus Status { get; init; }

    /// <summary>The answer, what settled it, or why it is overruled.</summary>
    public string? Reply { get; init; }

    public Actor? RepliedBy { get; init; }

    public DateTimeOffset? RepliedAt { get; init; }

    /// <summary>Holds what comes next.</summary>
    [JsonIgnore]
    public bool Blocks => IsBlocking && Status is QuestionStatus.Open;
}
