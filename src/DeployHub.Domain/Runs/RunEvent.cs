using DeployHub.Domain.Access;

namespace DeployHub.Domain.Runs;

/// <summary>
/// Something that happened to a run: append-only. Each change of a state is one event that names what changed and what it became,
/// so the last event of each subject is its state, and folding all of them gives the run's.
/// </summary>
public sealed class RunEvent
{
    /// <summary>The subject of what the run itself became.</summary>
    public const string OfRun = "run";

    /// <summary>The subject of who has it in hand.</summary>
    public const string OfOperator = "operator";

    /// <summary>How the subjects begin under which readers are reminded.</summary>
    public const string OfReminder = "reminder:";

    private RunEvent() { }

    public RunId RunId { get; private init; }

    /// <summary>From 1 within the run, without gaps.</summary>
    public int Number { get; private init; }

    public DateTimeOffset At { get; private init; }

    public Actor By { get; private init; } = Actor.System;

    /// <summary>What changed: <c>run</c>, <c>stage:Execute</c>, <c>phase:Execute/2</c>, <c>target:{id}</c>, <c>step:{id}/3</c>, <c>halt:1</c>.</summary>
    public string Subject { get; private init; } = "";

    /// <summary>The state it is in since then.</summary>
    public string Became { get; private init; } = "";

    /// <summary>One sentence for people; may be empty where the states say it all.</summary>
    public string Text { get; private init; } = "";

    internal static RunEvent Of(RunId run, int number, string subject, string became, string text, Actor by, DateTimeOffset at) =>
        new() { RunId = run, Number = number, Subject = subject, Became = became, Text = text, By = by, At = at };

    /// <summary>Every subject's last state.</summary>
    public static IReadOnlyDictionary<string, string> Fold(IEnumerable<RunEvent> events) =>
        events.OrderBy(happened => happened.Number).GroupBy(happened => happened.Subject).ToDictionary(group => group.Key, group => group.Last().Became);
}
