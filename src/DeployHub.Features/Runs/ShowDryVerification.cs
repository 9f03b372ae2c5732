using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>What a dry verification found, while it is under way and afterwards.</summary>
/// <param name="Name">Such as <c>DEP-2026-000123/V1</c>.</param>
/// <param name="WaitSeconds">How long to wait for its end before answering, at most 60; 0 answers at once.</param>
public sealed record ShowDryVerification(string Name, int WaitSeconds = 0) : IQuery<Result<ShowDryVerification.View>>
{
    private const int LongestWait = 60;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <param name="Verdict">Of all together: <c>Pending</c> while it is under way, then a failure outweighs what could not be told, and that a pass.</param>
    public sealed record View(
        string Name, string Deployment, string Title, string Environment, bool IsLive, Actor AskedBy, DateTimeOffset AskedAt, bool IsOver, Verdict Verdict,
        IReadOnlyDictionary<Verdict, int> Counts, IReadOnlyList<Finding> Findings);

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : IQueryHandler<ShowDryVerification, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowDryVerification query, CancellationToken cancellationToken)
        {
            var until = clock.GetUtcNow().AddSeconds(Math.Min(query.WaitSeconds, LongestWait));
            while (clock.GetUtcNow() < until && await db.DryLooks.AnyAsync(look => look.DueAt != null && db.DryVerifications.Any(known => known.Id == look.VerificationId && known.Name == query.Name), cancellationToken))
                await Task.Delay(Pause, clock, cancellationToken);

            var verification = await db.DryVerifications.AsNoTracking().Include(known => known.Looks).SingleOrDefaultAsync(known => known.Name == query.Name, cancellationToken);
            if (verification is null) return Error.NotFound("dry verification", query.Name);

            var about = await (from deployment in db.Deployments.AsNoTracking()
                               where deployment.Id == verification.DeploymentId
                               join environment in db.Environments on deployment.EnvironmentId equals environment.Id
                               select new { deployment.Number, deployment.Title, Environment = environment.Name, deployment.Plan }).SingleAsync(cancellationToken);
            IReadOnlyList<Finding> findings = [.. Findings.Of(verification).Select(finding => caller.May(Permission.ViewLogs) ? finding : finding.WithoutEvidence())];
            return new View(
                verification.Name, about.Number, about.Title, about.Environment, about.Plan.IsLive, verification.AskedBy, verification.AskedAt, verification.IsOver,
                Findings.Together(findings.Select(finding => finding.Verdict)), findings.CountBy(finding => finding.Verdict).OrderBy(count => count.Key).ToDictionary(), findings);
        }
    }
}
