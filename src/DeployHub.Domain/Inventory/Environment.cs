using DeployHub.Domain.Access;

namespace DeployHub.Domain.Inventory;

/// <summary>What an environment asks beyond the defaults of domain Appendix A; the strictest of model, environment and risk wins.</summary>
/// <param name="MinimumApprovals">At least this many people must approve a plan here.</param>
/// <param name="MaxExcludedPercent">How much of the targets a practitioner may leave out to resolve a halt; above, a deployment manager.</param>
/// <param name="AllowedModels">Slugs; empty allows every applicable model.</param>
/// <param name="PromotionSource">Key of the environment in which the same digests must have succeeded before; null for none.</param>
/// <param name="ChangeReferenceRequired">Every plan names the change under which it happens.</param>
public sealed record EnvironmentPolicy(
    int MinimumApprovals = 0, int MaxExcludedPercent = 5, IReadOnlyList<string>? AllowedModels = null, string? PromotionSource = null, bool ChangeReferenceRequired = false);

/// <summary>A subset of IT infrastructure for a particular purpose (domain §1.3).</summary>
public sealed class Environment
{
    private Environment() { }

    public EnvironmentId Id { get; private init; }

    /// <summary>Unique, stands in addresses, never changes.</summary>
    public string Key { get; private init; } = "";

    public string Name { get; private set; } = "";

    public Tier Tier { get; private init; }

    /// <summary>Real users, data or money. Production always is.</summary>
    public bool IsLive { get; private set; }

    /// <summary>Left to right in the matrix, from where versions come to where they go.</summary>
    public int Order { get; private set; }

    public string Owner { get; private set; } = "";

    public EnvironmentPolicy Policy { get; private set; } = new();

    /// <summary>What is looked at on its targets for drift outside of runs; null for nothing.</summary>
    public DriftWatch? Watch { get; private set; }

    public Actor RegisteredBy { get; private init; } = Actor.System;

    public DateTimeOffset RegisteredAt { get; private init; }

    public static Environment Register(string key, string name, Tier tier, bool isLive, int order, string owner, EnvironmentPolicy policy, Actor by, DateTimeOffset at) =>
        new()
        {
            Id = EnvironmentId.New(),
            Key = key,
            Name = name,
            Tier = tier,
            IsLive = isLive || tier is Tier.Production,
            Order = order,
            Owner = owner,
            Policy = policy,
            RegisteredBy = by,
            RegisteredAt = at,
        };

    /// <summary>An environment may begin or cease to be live, such as a pilot; production always is.</summary>
    public void Describe(string name, bool isLive, int order, string owner) =>
        (Name, IsLive, Order, Owner) = (name, isLive || Tier is Tier.Production, order, owner);

    public void Govern(EnvironmentPolicy policy) => Policy = policy;

    /// <summary>With no fact nothing is looked at any more.</summary>
    public void WatchFor(DriftWatch watch) => Watch = watch.Facts.Count == 0 ? null : watch;
}
