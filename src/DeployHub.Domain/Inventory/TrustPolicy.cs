using DeployHub.Domain.Access;
using DeployHub.Domain.Models;

namespace DeployHub.Domain.Inventory;

/// <summary>Whether a trust policy holds.</summary>
public enum TrustPolicyState
{
    InForce,

    /// <summary>What it binds fails until it is renewed.</summary>
    Expired,

    /// <summary>It binds nothing any more.</summary>
    Withdrawn,
}

/// <summary>
/// The organisation's rule about who must have signed what is deployed and how it must have been built, for some services and tiers or for all,
/// whatever a model asks for. It changes only by a further version; the newest counts.
/// </summary>
public sealed class TrustPolicy
{
    private TrustPolicy() { }

    public TrustPolicyId Id { get; private init; }

    /// <summary>Unique, named by findings, never changes.</summary>
    public string Key { get; private init; } = "";

    public string Name { get; private init; } = "";

    /// <summary>Oldest first; never empty.</summary>
    public IReadOnlyList<TrustPolicyVersion> Versions { get; private set; } = [];

    public string? WithdrawalReason { get; private set; }

    public Actor? WithdrawnBy { get; private set; }

    public DateTimeOffset? WithdrawnAt { get; private set; }

    public TrustPolicyVersion Newest => Versions[^1];

    public static Result<TrustPolicy> Register(string key, string name, Applicability appliesTo, TrustDemands demands, DateTimeOffset validUntil, string reason, Actor by, DateTimeOffset at)
    {
        var policy = new TrustPolicy { Id = TrustPolicyId.New(), Key = key, Name = name };
        return policy.Publish(appliesTo, demands, validUntil, reason, by, at) is { Error: { } refusal } ? refusal : policy;
    }

    /// <summary>
    /// A further version, which counts from now on. Renewing, widening and demanding more is its author's to do; one that lets pass what the
    /// version before refuses needs somebody who wrote no version that says what holds now (as SOD-4 has it of waivers).
    /// </summary>
    public Result Publish(Applicability appliesTo, TrustDemands demands, DateTimeOffset validUntil, string reason, Actor by, DateTimeOffset at)
    {
        if (WithdrawnAt is not null) return TrustPolicyErrors.Withdrawn(Key);
        if (demands.Objection() is { } wrong) return wrong;
        if (validUntil <= at) return TrustPolicyErrors.NeverValid;

        var version = new TrustPolicyVersion(Versions.Count + 1, appliesTo, demands, validUntil, by, reason, at);
        if (Versions.Count > 0 && version.Relaxes(Newest) && InForceBy(by) is { } own) return TrustPolicyErrors.AuthorMayNotRelax(own);

        Versions = [.. Versions, version];
        return Result.Success;
    }

    /// <summary>It binds nothing any more, for good: always by somebody who wrote no version that says what holds now.</summary>
    public Result Withdraw(string reason, Actor by, DateTimeOffset at)
    {
        if (WithdrawnAt is not null) return TrustPolicyErrors.Withdrawn(Key);
        if (InForceBy(by) is { } own) return TrustPolicyErrors.AuthorMayNotRelax(own);

        (WithdrawalReason, WithdrawnBy, WithdrawnAt) = (reason, by, at);
        return Result.Success;
    }

    /// <summary>The newest version by that person that says what holds now. A renewal by somebody else changes nothing about who wrote it.</summary>
    private TrustPolicyVersion? InForceBy(Actor by) => Versions.LastOrDefault(version => version.Author.Is(by) && version.IsAsStrictAs(Newest));

    public TrustPolicyState StateAt(DateTimeOffset at) =>
        WithdrawnAt is not null ? TrustPolicyState.Withdrawn : Newest.IsExpired(at) ? TrustPolicyState.Expired : TrustPolicyState.InForce;

    /// <summary>Whether components of that kind have to meet it, expired or not.</summary>
    public bool Binds(string service, Tier tier, ComponentKind kind) => WithdrawnAt is null && Newest.AppliesTo.Objection([kind], tier, service) is null;
}
