using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Analysis;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Measuring;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Analysis;

/// <summary>One version beside the one before it, by the same definitions (MR-10).</summary>
/// <param name="Before">Number of the version that it is compared with; null for the oldest here.</param>
/// <param name="ThanBefore">What may be said of each figure beside that version; null for the oldest here.</param>
public sealed record ComparedVersion(
    int Number, ModelVersionStatus Status, DateTimeOffset? PublishedAt, ToldShare Success, ToldShare ChangeFailure, ToldTimings LeadTime, ToldTimings Duration, ToldTimings Execute,
    int? Before, ThanBefore? ThanBefore);

/// <param name="Success">Such as <c>higher</c>, <c>no clear change</c> or <c>too few to compare</c>.</param>
public sealed record ThanBefore(string Success, string ChangeFailure, string LeadTime, string Duration, string Execute);

internal static class ComparedVersions
{
    /// <summary>The newest so many that were ever published stand beside each other.</summary>
    public const int Most = 5;

    /// <summary>How long back deployments are compared.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromDays(364);

    /// <summary>The newest first.</summary>
    public static async Task<IReadOnlyList<ComparedVersion>> CompareVersionsAsync(this DeployHubDb db, ModelId model, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var versions = await db.ModelVersions.Where(version => version.ModelId == model && version.PublishedAt != null).OrderByDescending(version => version.Number).Take(Most)
            .Select(version => new { version.Id, version.Number, version.Status, version.PublishedAt }).ToListAsync(cancellationToken);
        var (compared, former) = (new List<ComparedVersion>(), default((int Number, ModelMeasures Measures)?));
        foreach (var version in Enumerable.Reverse(versions)) // at most Most
        {
            var measures = await ModelMeasures.OfAsync(db, model, [version.Id], now - Span, now, cancellationToken);
            compared.Insert(0, new ComparedVersion(
                version.Number, version.Status, version.PublishedAt, ToldShare.From(measures.Success), ToldShare.From(measures.ChangeFailure), ToldTimings.From(measures.LeadTime),
                ToldTimings.From(measures.Duration), ToldTimings.From(measures.Execute), former?.Number, former is { } before ? Beside(measures, before.Measures) : null));
            former = (version.Number, measures);
        }

        return compared;
    }

    private static ThanBefore Beside(ModelMeasures now, ModelMeasures before) => new(
        Comparison.InWords(now.Success, before.Success), Comparison.InWords(now.ChangeFailure, before.ChangeFailure), Comparison.InWords(now.LeadTime, before.LeadTime),
        Comparison.InWords(now.Duration, before.Duration), Comparison.InWords(now.Execute, before.Execute));
}
