using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.InWords;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>One trust policy with every version that it had.</summary>
public sealed record ShowTrustPolicy(string Key) : IQuery<Result<ShowTrustPolicy.View>>
{
    /// <param name="Versions">The newest, which counts, first.</param>
    /// <param name="RowVersion">What a further version sends back as <c>Seen</c>; the API's <c>ETag</c>.</param>
    public sealed record View(
        string Key, string Name, TrustPolicyState State, IReadOnlyList<Version> Versions, Withdrawal? Withdrawn, [property: JsonIgnore] uint RowVersion);

    /// <param name="Demands">What it demands, as checks are set.</param>
    /// <param name="InWords">The same in sentences.</param>
    public sealed record Version(
        int Number, Applicability AppliesTo, TrustDemands Demands, IReadOnlyList<string> InWords, DateTimeOffset ValidUntil, string Author, string Reason, DateTimeOffset At);

    public sealed record Withdrawal(string Reason, string By, DateTimeOffset At);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowTrustPolicy, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowTrustPolicy query, CancellationToken cancellationToken)
        {
            var found = await db.TrustPolicies.AsNoTracking().Where(policy => policy.Key == query.Key).Select(policy => new { Policy = policy, RowVersion = EF.Property<uint>(policy, "Version") })
                .SingleOrDefaultAsync(cancellationToken);
            if (found is null) return Error.NotFound("trust-policy", query.Key);

            var policy = found.Policy;
            return new View(
                policy.Key, policy.Name, policy.StateAt(clock.GetUtcNow()), [.. policy.Versions.Reverse().Select(VersionOf)],
                policy.WithdrawnAt is { } at ? new Withdrawal(policy.WithdrawalReason!, policy.WithdrawnBy!.Name, at) : null, found.RowVersion);
        }

        private static Version VersionOf(TrustPolicyVersion version) => new(
            version.Number, version.AppliesTo, version.Demands, [.. version.Demands.Checks.Select(demand => StepInWords.Of(demand.Check))], version.ValidUntil, version.Author.Name, version.Reason, version.At);
    }
}
