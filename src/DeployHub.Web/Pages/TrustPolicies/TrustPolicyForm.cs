using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.TrustPolicies;

/// <summary>What people type about a trust policy and one version of it.</summary>
public sealed class TrustPolicyForm
{
    /// <summary>A body for the drawers.</summary>
    public const string Example = """{"key":"production-signed","name":"Production is signed","version":{"signature":{"signature":"{path}.minisig","keys":["release-2027"]},"tiers":["Production"],"kinds":["Software"],"validUntil":"2028-01-01T00:00:00Z","reason":"Decided by the security board"}}""";

    public static readonly IReadOnlyList<SelectListItem> Tiers = [.. Enum.GetValues<Tier>().Select(tier => new SelectListItem(Words.Title(tier), tier.ToString()))];

    public static readonly IReadOnlyList<SelectListItem> Kinds = [.. Enum.GetValues<ComponentKind>().Select(kind => new SelectListItem(Words.Title(kind), kind.ToString()))];

    public string? Key { get; set; }

    public string? Name { get; set; }

    public TrustPolicyVersionForm Version { get; set; } = new();

    public uint? Seen { get; set; }

    /// <summary>Every key that could be named.</summary>
    [BindNever]
    public IReadOnlyList<SelectListItem> TrustedKeys { get; set; } = [];
}
