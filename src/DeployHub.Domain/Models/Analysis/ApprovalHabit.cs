using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Measuring;

namespace DeployHub.Domain.Models.Analysis;

/// <summary>How people decided about plans who were asked in one quality.</summary>
/// <param name="MedianWait">Half of the decisions were waited for at most this long; null where no wait is known.</param>
public sealed record ApprovalHabit(ApproverQuality Quality, int Decisions, int Refused, TimeSpan? MedianWait)
{
    /// <summary>In order of how often they were asked.</summary>
    public static IReadOnlyList<ApprovalHabit> Of(IEnumerable<DeploymentFact> deployments) =>
    [
        .. from approval in deployments.SelectMany(deployment => deployment.Approvals)
           group approval by approval.Quality into alike
           orderby alike.Count() descending, alike.Key
           let waits = Timings.Of(alike.Select(approval => approval.Waited).OfType<TimeSpan>())
           select new ApprovalHabit(alike.Key, alike.Count(), alike.Count(approval => approval.IsRefused), waits.Median),
    ];
}
