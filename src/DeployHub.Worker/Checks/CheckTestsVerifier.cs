using DeployHub.Domain.Inventory.Testing;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Worker.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.Worker.Checks;

/// <summary>Looks at the latest report of each suite, so that all findings are known at once.</summary>
internal sealed class CheckTestsVerifier(IServiceScopeFactory scopes, TimeProvider clock) : StepExecutor<CheckTests>
{
    protected override async Task<StepOutcome> ExecuteAsync(CheckTests settings, StepContext context, CancellationToken cancellationToken)
    {
        var version = context.Version!;
        var reports = await LatestAsync(version, settings.Suites, cancellationToken);
        var evidence = reports.Select(report => new Evidence($"Tests “{report.Suite}”", Said(report))).ToList();
        foreach (var (name, value) in evidence) context.Log.Write(LogStream.Out, $"{name}: {value}");

        var objections = settings.Suites.Distinct().Select(suite => Objection(settings, version, suite, reports.Find(report => report.Suite == suite))).OfType<string>().ToList();
        return objections.Count == 0
            ? new StepOutcome.Succeeded(evidence)
            : new StepOutcome.Failed($"{version.Component} {version.Label} ({version.Digest}) is not tested as it must be: {string.Join(" ", objections)}", HaltCause.TestEvidenceMissing) { Evidence = evidence };
    }

    private async Task<List<TestReport>> LatestAsync(SubjectVersion version, IReadOnlyList<string> suites, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        var reports = await (
            from report in db.TestReports.AsNoTracking()
            join known in db.ComponentVersions on report.VersionId equals known.Id
            join component in db.Components on known.ComponentId equals component.Id
            where component.Key == version.Component && known.Label == version.Label && suites.Contains(report.Suite) && report.Digest == version.Digest
            group report by report.Suite into reported
            select reported.OrderByDescending(report => report.RanAt).ThenByDescending(report => report.ReportedAt).First()).ToListAsync(cancellationToken);
        return reports;
    }

    private string? Objection(CheckTests settings, SubjectVersion version, string suite, TestReport? report)
    {
        if (report is null) return $"nobody has reported the suite “{suite}”; let the CI system send it to /api/v1/components/{version.Component}/versions/{version.Label}/test-reports.";

        var (failed, most) = (report.Results.Failed, report.Results.FailedTests.Take(3).ToList());
        if (failed > 0) return $"{failed} of {report.Results.All} tests of “{suite}” failed{(most.Count == 0 ? "" : $" ({string.Join(", ", most)}{(failed > most.Count ? ", …" : "")})")}; mend them and register a new version.";
        if (report.Results.Passed < settings.MinimumTests) return $"only {report.Results.Passed} tests of “{suite}” passed where {settings.MinimumTests} are needed; look why the others were not run.";

        var limit = settings.NotOlderThan is { } age ? Duration.Of(age) : TimeSpan.MaxValue;
        return clock.GetUtcNow() - report.RanAt > limit ? $"the suite “{suite}” ran on {report.RanAt:u}, longer ago than {settings.NotOlderThan}; run it again." : null;
    }

    private static string Said(TestReport report) =>
        $"{report.Results.Passed} passed, {report.Results.Failed} failed, {report.Results.Skipped} skipped on {report.RanAt:u}, reported by {report.ReportedBy.Name}{(report.Link is { } link ? $", {link}" : "")}{(report.Document is { } document ? $", {document}" : "")}";
}
