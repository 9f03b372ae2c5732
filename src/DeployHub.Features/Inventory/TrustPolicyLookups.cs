using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Look-ups about trust policies that several messages share.</summary>
internal static class TrustPolicyLookups
{
    /// <summary>What is needed to tell which policies bind these plans, for the price of one question where no policy is in force.</summary>
    public static async Task<PoliciesInForce> PoliciesInForceAsync(this DeployHubDb db, IEnumerable<Plan> plans, CancellationToken cancellationToken)
    {
        var policies = await db.TrustPolicies.AsNoTracking().Where(policy => policy.WithdrawnAt == null).OrderBy(policy => policy.Key).ToListAsync(cancellationToken);
        if (policies.Count == 0) return new PoliciesInForce([], new Dictionary<ComponentId, string>());

        var components = plans.SelectMany(plan => plan.Versions, (_, version) => version.ComponentId).Distinct().ToList();
        var services = await (from component in db.Components
                              where components.Contains(component.Id)
                              join service in db.Services on component.ServiceId equals service.Id
                              select new { component.Id, service.Key }).ToDictionaryAsync(owned => owned.Id, owned => owned.Key, cancellationToken);
        return new PoliciesInForce(policies, services);
    }

    /// <summary>What a version names that does not exist, or could never be met; null when all is well.</summary>
    public static async Task<Error?> ObjectionToAsync(this DeployHubDb db, TrustPolicyInput version, CancellationToken cancellationToken)
    {
        var known = await db.Services.Where(service => version.Services.Contains(service.Key)).Select(service => service.Key).ToListAsync(cancellationToken);
        if (version.Services.FirstOrDefault(service => !known.Contains(service)) is { } unknown) return InventoryErrors.Unknown("service", "Version.Services", unknown);

        var named = (version.Signature?.Keys ?? []).Concat(version.Provenance?.Keys ?? []).Distinct().ToList();
        var kinds = await db.TrustedKeys.Where(key => named.Contains(key.Key)).ToDictionaryAsync(key => key.Key, key => key.Kind, cancellationToken);
        return (version.Signature is { } signature ? ObjectionToSigners(nameof(version.Signature), signature.Keys, signature.Identities, kinds) : null)
            ?? (version.Provenance is { } provenance ? ObjectionToSigners(nameof(version.Provenance), provenance.Keys, provenance.Identities, kinds) ?? ObjectionToProvenance(provenance, kinds) : null);
    }

    private static Error? ObjectionToSigners(string check, IReadOnlyList<string>? keys, IReadOnlyList<SignerIdentity>? identities, Dictionary<string, TrustedKeyKind> kinds)
    {
        if (keys is not { Count: > 0 }) return null;
        if (keys.FirstOrDefault(key => !kinds.ContainsKey(key)) is { } unknown) return InventoryErrors.Unknown("trusted-key", $"Version.{check}.Keys", unknown);

        return identities is { Count: > 0 } && keys.All(key => kinds[key] is not TrustedKeyKind.SigstoreRoot) ? TrustPolicyErrors.IdentitiesWithoutRoot(check) : null;
    }

    private static Error? ObjectionToProvenance(CheckProvenance provenance, Dictionary<string, TrustedKeyKind> kinds) =>
        provenance.Keys is { Count: > 0 } keys && keys.All(key => kinds[key] is not (TrustedKeyKind.Pem or TrustedKeyKind.SigstoreRoot)) ? TrustPolicyErrors.NoKeyForProvenance : null;
}
