using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Models.Reviewing;
using DeployHub.Features.Models.Reviewing;
using DeployHub.Web.Pages.Shared.TagHelpers;

namespace DeployHub.Web.Pages.Reviews;

/// <summary>How reviews are shown.</summary>
internal static class ReviewStates
{
    /// <summary>Which of the six shapes (UI-2) it is.</summary>
    public static MarkState Mark(ListReviews.Row review) => review switch
    {
        { IsOverdue: true } => MarkState.Halted,
        { Status: ReviewStatus.Scheduled } => MarkState.Waiting,
        { Status: ReviewStatus.Held } => MarkState.Running,
        _ => MarkState.Passed,
    };

    public static string Word(ListReviews.Row review) => review.IsOverdue ? $"{Words.Title(review.Status)}, overdue" : Words.Title(review.Status);

    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Kind(ReviewKind kind) => kind is ReviewKind.RecordsAnalysis ? "Analysis of records" : "Review of a deployment";

    public static MarkState Mark(ReviewVerdict verdict) => verdict switch
    {
        ReviewVerdict.Improve => MarkState.Running,
        ReviewVerdict.Watch => MarkState.Waiting,
        _ => MarkState.Passed,
    };
}
