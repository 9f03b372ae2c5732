using System.Globalization;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.Features.Runs;

/// <summary>Events as they are told to those who may not see single readers (domain J12).</summary>
internal static class UnnamedReaders
{
    private const string OfQuiz = "quiz:";
    private const string OfReader = "reader:";
    private const string OfStep = "step:";
    private const string OfTargetRun = "target:";

    public static readonly Actor Somebody = new("not-shown", "Not shown");

    /// <summary>Whether it may say who a reader is.</summary>
    public static bool MayName(ListRunEvents.Row happened) => IsOf(happened, OfQuiz) || IsOf(happened, OfReader) || ((IsOf(happened, OfStep) || IsOf(happened, OfTargetRun)) && happened.By.Kind is ActorKind.Person);

    /// <summary>The target run that the event is about; null when it is about none.</summary>
    public static TargetRunId? TargetRunOf(ListRunEvents.Row happened) => Guid.TryParse(PartsOf(happened)[0], out var id) ? TargetRunId.From(id) : null;

    public static ListRunEvents.Row Unnamed(ListRunEvents.Row happened, IReadOnlyDictionary<TargetRunId, TargetRun> targetRuns)
    {
        if (IsOf(happened, OfQuiz)) return Without(happened, "A reader answered the questions.");
        if (IsOf(happened, OfReader)) return Without(happened, InWords(happened.Became));
        if (!MayName(happened) || TargetRunOf(happened) is not { } id || !targetRuns.TryGetValue(id, out var targetRun)) return happened;
        if (targetRun.Steps.FirstOrDefault(known => IsAbout(happened, known) && IsReadBy(known, happened.By)) is not { } step) return happened;

        return Without(happened, happened.Text.Contains(happened.By.Name, StringComparison.Ordinal) ? $"{targetRun.Subject}: a reader confirmed “{step.Name}”" : happened.Text);
    }

    private static bool IsAbout(ListRunEvents.Row happened, StepRun step) =>
        PartsOf(happened) is not [_, var number] || number == step.Number.ToString(CultureInfo.InvariantCulture);

    private static bool IsReadBy(StepRun step, Actor person) => step is { Settings: Acknowledge, Readers: { } readers } && readers.Any(reader => reader.Person.Is(person));

    /// <summary>Such as the id of a target run and the number of a step.</summary>
    private static string[] PartsOf(ListRunEvents.Row happened) => happened.Subject[(happened.Subject.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('/');

    private static string InWords(string became) => became switch
    {
        nameof(AcknowledgementStatus.Exempt) => "A reader was made exempt.",
        nameof(AcknowledgementStatus.Due) => "A reader is back and is asked again.",
        _ => "A reader who was exempt confirmed.",
    };

    private static ListRunEvents.Row Without(ListRunEvents.Row happened, string text) => happened with { By = happened.By.Kind is ActorKind.System ? happened.By : Somebody, Text = text };

    private static bool IsOf(ListRunEvents.Row happened, string subjects) => happened.Subject.StartsWith(subjects, StringComparison.Ordinal);
}
