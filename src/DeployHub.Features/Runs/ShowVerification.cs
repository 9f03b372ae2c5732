using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>The verification of a run as a table to read to an auditor: what was checked, against which expectation, by whom or what, when, and what came of it.</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
/// <param name="Verdict">Only findings with this verdict.</param>
public sealed record ShowVerification(string Run, Verdict? Verdict = null) : IQuery<Result<ShowVerification.View>>
{
    /// <param name="Counts">How many findings have each verdict, whatever is shown.</param>
    public sealed record View(
        string Run, string Deployment, string Title, string Environment, bool IsLive, IReadOnlyList<MovedVersion> Versions, RunStatus Status, DateTimeOffset QueuedAt, DateTimeOffset? EndedAt,
        IReadOnlyDictionary<Verdict, int> Counts, IReadOnlyList<Finding> Findings);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<ShowVerification, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowVerification query, CancellationToken cancellationToken)
        {
            var run = await db.Runs.AsNoTracking().Include(known => known.TargetRuns).SingleOrDefaultAsync(known => known.Name == query.Run, cancellationToken);
            if (run is null) return Error.NotFound("run", query.Run);

            var about = await (from deployment in db.Deployments.AsNoTracking()
                               where deployment.Id == run.DeploymentId
                               join environment in db.Environments on deployment.EnvironmentId equals environment.Id
                               select new { deployment.Number, deployment.Title, Environment = environment.Name }).SingleAsync(cancellationToken);
            IReadOnlyList<Finding> findings = [.. Findings.Of(run).Select(finding => caller.May(Permission.ViewLogs) ? finding : finding.WithoutEvidence())];
            return new View(
                run.Name, about.Number, about.Title, about.Environment, run.IsLive, run.Versions, run.Status, run.QueuedAt, run.EndedAt,
                findings.CountBy(finding => finding.Verdict).OrderBy(count => count.Key).ToDictionary(), [.. findings.Where(finding => query.Verdict is null || finding.Verdict == query.Verdict)]);
        }
    }
}
