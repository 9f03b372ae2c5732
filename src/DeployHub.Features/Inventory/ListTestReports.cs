using DeployHub.Domain;
using DeployHub.Domain.Inventory.Testing;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>What was reported of a version's tests: the newest 200 reports, newest first. Of each suite the first one counts.</summary>
public sealed record ListTestReports(string Component, string Label) : IQuery<Result<IReadOnlyList<ListTestReports.Row>>>
{
    private const int Most = 200;

    /// <param name="FailedTests">Names of the first twenty that failed.</param>
    /// <param name="Document">Over the reported document's bytes; null when only numbers were reported.</param>
    /// <param name="IsLatest">Of its suite.</param>
    public sealed record Row(
        string Suite, int Passed, int Failed, int Skipped, IReadOnlyList<string> FailedTests, DateTimeOffset RanAt, string? Link, Digest? Document, string ReportedBy, DateTimeOffset ReportedAt, bool IsLatest);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListTestReports, Result<IReadOnlyList<Row>>>
    {
        public async ValueTask<Result<IReadOnlyList<Row>>> Handle(ListTestReports query, CancellationToken cancellationToken)
        {
            var id = await (from version in db.ComponentVersions join component in db.Components on version.ComponentId equals component.Id where component.Key == query.Component && version.Label == query.Label select version.Id)
                .ToListAsync(cancellationToken);
            if (id.Count == 0) return Error.NotFound("component-version", $"{query.Component} {query.Label}");

            var reports = await db.TestReports.AsNoTracking().Where(report => report.VersionId == id[0]).OrderByDescending(report => report.RanAt).ThenByDescending(report => report.ReportedAt).Take(Most).ToListAsync(cancellationToken);
            var latest = reports.DistinctBy(report => report.Suite).Select(report => report.Id).ToHashSet();
            return reports.ConvertAll(report => RowOf(report, latest.Contains(report.Id)));
        }

        private static Row RowOf(TestReport report, bool isLatest) => new(
            report.Suite, report.Results.Passed, report.Results.Failed, report.Results.Skipped, report.Results.FailedTests, report.RanAt, report.Link, report.Document, report.ReportedBy.Name, report.ReportedAt, isLatest);
    }
}
