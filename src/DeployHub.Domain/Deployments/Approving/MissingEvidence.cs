using DeployHub.Domain.Inventory.Testing;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Deployments.Approving;

/// <summary>What does not show that a version was tested before it went to a live environment (domain §2.6): told beside a retrospective decision, and decides nothing by itself.</summary>
public static class MissingEvidence
{
    /// <param name="asked">What the model asks for.</param>
    /// <param name="latest">The latest report of each suite for exactly this content.</param>
    /// <param name="isProven">The same content had succeeded in another environment before.</param>
    /// <param name="startedAt">When it first started; null while it has not.</param>
    public static IEnumerable<string> Of(PlannedVersion version, IReadOnlyCollection<CheckTests> asked, IReadOnlyCollection<TestReport> latest, bool isProven, DateTimeOffset? startedAt)
    {
        if (version.IsRemoval) yield break;

        if (latest.Count == 0) yield return "No test of it was reported.";
        else
            foreach (var suite in asked.SelectMany(check => check.Suites).Distinct().Where(suite => latest.All(report => report.Suite != suite)))
                yield return $"The model asks for the suite “{suite}”, and nobody reported it.";

        foreach (var report in latest)
            if (report.Results.Failed > 0) yield return $"{report.Results.Failed} of {Words.Count(report.Results.All, "test")} of “{report.Suite}” failed.";
            else if (report.RanAt > startedAt) yield return $"“{report.Suite}” ran on {report.RanAt:yyyy-MM-dd HH:mm} UTC, when it had started already.";

        if (!isProven) yield return "It had succeeded in no other environment before.";
    }
}
