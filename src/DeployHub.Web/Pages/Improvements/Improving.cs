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
    /// <param name="model">Slug of the model that it is about.</param>
    public static string? Href(EvidenceLink link, string model) => link.Kind switch
    {
        EvidenceKind.Signal => $"/models/{model}/analysis/signals/{link.Reference}{(link.Subject is { } subject ? $"?subject={Uri.EscapeDataString(subject)}" : "")}",
        EvidenceKind.Deployment => $"/deployments/{link.Reference}",
        EvidenceKind.Halt => $"/deployments/{link.Reference.Replace("/R", "/runs/", StringComparison.Ordinal)}#halts-title",
        EvidenceKind.Review => $"/reviews/{link.Reference}",
        EvidenceKind.Link => link.Reference,
        _ => null,
    };

    /// <summary>A decision, a delivery or an evaluation is owed.</summary>
    public static bool NeedsSomebody(ListImprovements.Row row) => row.IsOverdue || row.IsLate || row.IsEvaluationDue;

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
        { Goal: { } goal, Evaluation: { } evaluation } => $"{Words.Title(goal.Metric)} {goal.Baseline.Figure} → {evaluation.After.Figure}",
        { Goal: { } goal } => $"{Words.Title(goal.Metric)} {goal.Baseline.Figure}, {goal} wanted",
        _ => null,
    };

    /// <summary>Why there is nothing to compare yet.</summary>
    public static string Missing(ShowImprovement.View view) => view switch
    {
        { Improvement.DeliveredAt: null } => "What comes of it is measured once it is in use.",
        { Deployments: 0 } => "No live deployment was completed since it is in use.",
        _ => $"{Words.Count(view.Deployments, "live deployment")} completed since it is in use, but none with this figure.",
    };

    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>The first and the last day of what was counted.</summary>
    public static string Window(Measurement measured) =>
        string.Create(CultureInfo.InvariantCulture, $"{measured.From.UtcDateTime:d MMM yyyy} to {measured.To.UtcDateTime:d MMM yyyy}");
}
