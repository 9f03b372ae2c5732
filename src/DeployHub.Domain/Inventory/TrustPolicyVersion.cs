using DeployHub.Domain.Access;
using DeployHub.Domain.Models;

namespace DeployHub.Domain.Inventory;

/// <summary>An immutable numbered edition of a trust policy, v1, v2 …: where it binds, what it demands, until when, and who said so why.</summary>
/// <param name="Number">From 1 within its policy.</param>
/// <param name="AppliesTo">Services, tiers and kinds of components that it binds; empty lists for all.</param>
/// <param name="ValidUntil">The first moment at which it is expired. An expired policy does not relax: what it binds fails until somebody renews it.</param>
public sealed record TrustPolicyVersion(int Number, Applicability AppliesTo, TrustDemands Demands, DateTimeOffset ValidUntil, Actor Author, string Reason, DateTimeOffset At)
{
    public bool IsExpired(DateTimeOffset at) => at >= ValidUntil;

    /// <summary>Something passes with it that did not pass with the version before: it binds less, or demands less or other things.</summary>
    internal bool Relaxes(TrustPolicyVersion before) =>
        BindsLess(AppliesTo.Services, before.AppliesTo.Services) || BindsLess(AppliesTo.Tiers, before.AppliesTo.Tiers) || BindsLess(AppliesTo.Kinds, before.AppliesTo.Kinds) || Demands.Relax(before.Demands);

    /// <summary>They bind the same and demand the same, whatever their ends are.</summary>
    internal bool IsAsStrictAs(TrustPolicyVersion other) => !Relaxes(other) && !other.Relaxes(this);

    private static bool BindsLess<T>(IReadOnlyList<T> now, IReadOnlyList<T> before) => now.Count > 0 && (before.Count == 0 || before.Except(now).Any());
}
