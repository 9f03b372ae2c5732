using System.Text.Json;
using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Inventory.Testing;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Approving;

/// <summary>Which tests of its versions were reported, what is missing, and which checks were waived in its runs: what somebody asks who decides afterwards, or reviews it.</summary>
public sealed record ShowMissingEvidence(string Number) : IQuery<Result<ShowMissingEvidence.View>>
{
    /// <param name="Versions">What it brought, in the order of the plan; removals are none.</param>
    /// <param name="Waived">Checks of its runs with which somebody went on all the same, in sentences.</param>
    public sealed record View(IReadOnlyList<VersionRow> Versions, IReadOnlyList<string> Waived)
    {
        public bool IsComplete => Waived.Count == 0 && Versions.All(version => version.Missing.Count == 0);
    }

    /// <param name="Reported">The latest report of each suite.</param>
    /// <param name="Missing">What does not show that it was tested, in sentences; none where nothing is missing.</param>
    public sealed record VersionRow(string Component, string Label, IReadOnlyList<SuiteRow> Reported, IReadOnlyList<string> Missing);

    public sealed record SuiteRow(string Suite, int Passed, int Failed, int Skipped, DateTimeOffset RanAt, string ReportedBy);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ShowMissingEvidence, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowMissingEvidence query, CancellationToken cancellationToken)
        {
            if (await db.Deployments.AsNoTracking().SingleOrDefaultAsync(known => known.Number == query.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", query.Number);

            var (asked, latest) = (await AskedAsync(deployment, cancellationToken), (await LatestAsync(deployment.Plan, cancellationToken)).ToLookup(report => report.Digest));
            List<VersionRow> versions = [];
            foreach (var version in deployment.Plan.Versions.Where(version => !version.IsRemoval)) // a plan has a few
            {
                var reports = latest[version.Digest].OrderBy(report => report.Suite, StringComparer.Ordinal).ToList();
                var isProven = await IsProvenAsync(deployment, version, cancellationToken);
                versions.Add(new VersionRow(
                    version.Component, version.Label,
                    [.. reports.Select(report => new SuiteRow(report.Suite, report.Results.Passed, report.Results.Failed, report.Results.Skipped, report.RanAt, report.ReportedBy.Name))],
                    [.. MissingEvidence.Of(version, asked, reports, isProven, deployment.StartedAt)]));
            }

            return new View(versions, await WaivedAsync(deployment, cancellationToken));
        }

        private async Task<IReadOnlyList<CheckTests>> AskedAsync(Deployment deployment, CancellationToken cancellationToken)
        {
            var version = await db.ModelVersions.AsNoTracking().SingleAsync(known => known.Id == deployment.ModelVersionId, cancellationToken);
            return version.Said is { } content ? [.. content.VerifyComponents.Select(step => step.Settings).OfType<CheckTests>()] : [];
        }

        private Task<List<TestReport>> LatestAsync(Plan plan, CancellationToken cancellationToken)
        {
            var (ids, digests) = (plan.VersionIds, plan.Versions.Select(version => version.Digest).ToList());
            return (from report in db.TestReports.AsNoTracking()
                    where ids.Contains(report.VersionId) && digests.Contains(report.Digest)
                    group report by new { report.VersionId, report.Suite } into reported
                    select reported.OrderByDescending(report => report.RanAt).ThenByDescending(report => report.ReportedAt).First()).ToListAsync(cancellationToken);
        }

        /// <summary>The same content succeeded elsewhere before this one started; a rehearsal shows nothing of it.</summary>
        private Task<bool> IsProvenAsync(Deployment deployment, PlannedVersion version, CancellationToken cancellationToken)
        {
            var before = deployment.StartedAt ?? DateTimeOffset.MaxValue;
            var moved = JsonSerializer.Serialize(new { Versions = new[] { new { version.Component, version.Digest } } }, Json.Options);
            return db.Deployments.FromSql($"select d.*, d.xmin from deployments d where d.plan @> {moved}::jsonb and d.plan ->> 'rehearsal' is null")
                .AnyAsync(other => other.EnvironmentId != deployment.EnvironmentId && other.CompletedAt < before && (other.Outcome == Outcome.Succeeded || other.Outcome == Outcome.SucceededAfterIntervention), cancellationToken);
        }

        private async Task<IReadOnlyList<string>> WaivedAsync(Deployment deployment, CancellationToken cancellationToken)
        {
            var runs = await db.Runs.AsNoTracking().Where(run => run.DeploymentId == deployment.Id).OrderBy(run => run.Number).Select(run => new { run.Number, run.Halts }).ToListAsync(cancellationToken);
            return
            [
                .. from run in runs
                   from halt in run.Halts
                   where halt.Resolution is { Choice: ResolutionChoice.AcceptWithWaiver, Waiver: not null }
                   select $"R{run.Number} went on although {(halt.Step is { } step ? $"“{step}”" : Words.Of(halt.Cause))} had not passed: {halt.Resolution!.By.Name} accepted that until {halt.Resolution.Waiver!.Until:yyyy-MM-dd}.",
            ];
        }
    }
}
