using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Measuring;

namespace DeployHub.Domain.Deployments.Approving;

/// <summary>How much one person decided, for their own eyes: individuals are never a segment (MR-4).</summary>
/// <param name="Count">Approvals and rejections.</param>
/// <param name="Median">From being asked to the decision; null without any of which both are known.</param>
public sealed record DecisionPace(int Count, TimeSpan? Median)
{
    public static DecisionPace Of(IEnumerable<Approval> approvals, Actor by, DateTimeOffset from)
    {
        var decided = approvals.Where(approval => approval.DecidedBy?.Is(by) == true && approval.DecidedAt >= from).ToList();
        return new DecisionPace(decided.Count, Timings.Of(decided.Where(approval => approval.AskedAt <= approval.DecidedAt).Select(approval => approval.DecidedAt!.Value - approval.AskedAt!.Value)).Median);
    }

    /// <summary>Such as “You decided 12 this month, median 34 min.”</summary>
    public string InWords => Count == 0 ? "You decided nothing this month." : $"You decided {Count} this month{(Median is { } median ? $", median {Rounded(median)}" : "")}.";

    private static string Rounded(TimeSpan median) => median < TimeSpan.FromMinutes(1) ? "under a minute" : Words.Of(TimeSpan.FromMinutes(Math.Round(median.TotalMinutes)));
}
