using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Models.Improving;
using DeployHub.Features.Models.Improving;
using DeployHub.Web.Pages.Shared.TagHelpers;

namespace DeployHub.Web.Pages.Improvements;

/// <summary>How improvements are shown.</summary>
internal static class Improving
{
    /// <summary>Which of the six shapes (UI-2) its state is.</summary>
    public static MarkState Mark(this ImprovementStatus status, EffectVerdict? verdict) => status switch
    {
        ImprovementStatus.Proposed or ImprovementStatus.Assessed or ImprovementStatus.Accepted => MarkState.Waiting,
        ImprovementStatus.InProgress or ImprovementStatus.Delivered => MarkState.Running,
        ImprovementStatus.Evaluated when verdict is EffectVerdict.Effective => MarkState.Passed,
        ImprovementStatus.Evaluated when verdict is EffectVerdict.Worse => MarkState.Halted,
        _ => MarkState.Cancelled,
    };

    /// <summary>The verdict says more than “evaluated”.</summary>
    public static string Word(this ImprovementStatus status, EffectVerdict? verdict) => verdict is { } known ? Words.Title(known) : Words.Title(status);

    public static string Icon(ImprovementTrigger move) => move switch
    {
        ImprovementTrigger.Decline or ImprovementTrigger.Merge => "archive",
        ImprovementTrigger.Start => "pencil",
        ImprovementTrigger.Evaluate => "trending-up",
        _ => "circle-check",
    };

    /// <summary>What somebody did, after their name.</summary>
    public static string Past(ImprovementTrigger move) => move switch
    {
        ImprovementTrigger.Assess => "assessed it",
        ImprovementTrigger.Decline => "declined it",
        ImprovementTrigger.Merge => "merged it",
        ImprovementTrigger.Accept => "accepted it",
        ImprovementTrigger.Start => "started it",
        ImprovementTrigger.Deliver => "delivered it",
        _ => "evaluated it",
    };

    /// <summary>Where what it rests on can be read; null where nothing leads there.</summary>
    public static string? Href(EvidenceLink link) => link.Kind switch
    {
        EvidenceKind.Deployment => $"/deployments/{link.Reference}",
        EvidenceKind.Link => link.Reference,
        _ => null,
    };

    /// <summary>What is to be known of its age first.</summary>
    public static string Age(ListImprovements.Row row) => row switch
    {
        { IsOverdue: true } => $"undecided for {Words.Count(row.AgeInDays, "day")}",
        { AgeInDays: 0 } => "proposed today",
        _ => $"proposed {Words.Count(row.AgeInDays, "day")} ago",
    };

    /// <summary>Before and after in a few words; null while nothing is to be compared.</summary>
    public static string? Effect(ListImprovements.Row row) => row switch
    {
        { Goal: { } goal, Evaluation: { } evaluation } => $"{Words.Title(goal.Metric)} {goal.Metric.Says(goal.Baseline.Value)} → {goal.Metric.Says(evaluation.After.Value)}",
        { Goal: { } goal } => $"{Words.Title(goal.Metric)} {goal.Metric.Says(goal.Baseline.Value)}, {goal} wanted",
        _ => null,
    };

    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>The first and the last day of what was counted.</summary>
    public static string Window(Measurement measured) =>
        string.Create(CultureInfo.InvariantCulture, $"{measured.From.UtcDateTime:d MMM yyyy} to {measured.To.UtcDateTime:d MMM yyyy}");
}
