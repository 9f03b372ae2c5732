using DeployHub.Domain.Runs.Verifying;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>A deployment's dry verifications that are kept, the newest first.</summary>
/// <param name="Most">How many of them.</param>
public sealed record ListDryVerifications(string Number, int Most = DryVerification.Kept) : IQuery<IReadOnlyList<ListDryVerifications.Row>>
{
    /// <param name="Name">Such as <c>DEP-2026-000123/V1</c>.</param>
    public sealed record Row(string Name, int Number, string AskedBy, DateTimeOffset AskedAt, Verdict Verdict);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListDryVerifications, IReadOnlyList<Row>>
    {
        public async ValueTask<IReadOnlyList<Row>> Handle(ListDryVerifications query, CancellationToken cancellationToken)
        {
            var verifications = await db.DryVerifications.AsNoTracking().Include(verification => verification.Looks)
                .Where(verification => db.Deployments.Any(deployment => deployment.Id == verification.DeploymentId && deployment.Number == query.Number))
                .OrderByDescending(verification => verification.Number).Take(query.Most).ToListAsync(cancellationToken);
            return [.. verifications.Select(verification => new Row(
                verification.Name, verification.Number, verification.AskedBy.Name, verification.AskedAt, Findings.Together(Findings.Of(verification).Select(finding => finding.Verdict))))];
        }
    }
}
