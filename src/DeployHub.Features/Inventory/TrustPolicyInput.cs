using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Features.Inventory;

/// <summary>What people and programs say of one version of a trust policy.</summary>
public sealed record TrustPolicyInput
{
    /// <summary>Who must have signed every artefact, as a model says it of check-signature; null when no signature is asked for.</summary>
    public CheckSignature? Signature { get; init; }

    /// <summary>How every artefact must have been built, as a model says it of check-provenance; null when no provenance is asked for.</summary>
    public CheckProvenance? Provenance { get; init; }

    /// <summary>Keys of the services whose components it binds; none means all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Tiers of the environments in which it binds; none means all.</summary>
    public IReadOnlyList<Tier> Tiers { get; init; } = [];

    /// <summary>Kinds of components that it binds; none means all.</summary>
    public IReadOnlyList<ComponentKind> Kinds { get; init; } = [];

    /// <summary>The first moment at which it is expired: what it binds then fails until somebody renews it.</summary>
    public required DateTimeOffset ValidUntil { get; init; }

    /// <summary>Why this version; kept in its history.</summary>
    public required string Reason { get; init; }

    internal Applicability AppliesTo => new() { Services = [.. Services.Distinct()], Tiers = [.. Tiers.Distinct()], Kinds = [.. Kinds.Distinct()] };

    internal TrustDemands Demands => new(Signature, Provenance);
}
