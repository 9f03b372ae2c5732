using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.Models;

/// <summary>The scope in which whoever approves a model version approves the standard changes made with it (domain §2.6).</summary>
public sealed record PreAuthorisation
{
    /// <summary>Keys of services; none would be everything, so there is at least one.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>At least one.</summary>
    public IReadOnlyList<Tier> Tiers { get; init; } = [];

    /// <summary>Why a deployment is no standard change of this model, going on from its name; null when it is one.</summary>
    public string? Objection(string service, Tier tier)
    {
        if (!Services.Contains(service)) return $"is pre-authorised for {Noun("the service", Services.Count)} {Words.List(Services)}, not for {service}.";
        return Tiers.Contains(tier) ? null : $"is pre-authorised in environments of tier {Words.List(Tiers.Select(known => Words.Of(known)))}, not {Words.Of(tier)}.";
    }

    private static string Noun(string one, int count) => count == 1 ? one : $"{one}s";
}
