using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;
using DeployHub.Web.Pages.Shared;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace DeployHub.Web.Pages.TrustPolicies;

/// <summary>What people type about one version of a trust policy. Fields are called as the command calls them, so that refusals find them.</summary>
public sealed class TrustPolicyVersionForm
{
    /// <summary>Keys, separated by commas.</summary>
    public string? Services { get; set; }

    public List<Tier> Tiers { get; set; } = [];

    public List<ComponentKind> Kinds { get; set; } = [];

    public SignatureForm Signature { get; set; } = new();

    public ProvenanceForm Provenance { get; set; } = new();

    /// <summary>The last day on which it is in force, in UTC.</summary>
    public DateOnly? ValidUntil { get; set; }

    public string? Reason { get; set; }

    public static TrustPolicyVersionForm Of(ShowTrustPolicy.Version version) => new()
    {
        Services = string.Join(", ", version.AppliesTo.Services),
        Tiers = [.. version.AppliesTo.Tiers],
        Kinds = [.. version.AppliesTo.Kinds],
        Signature = SignatureForm.Of(version.Demands.Signature),
        Provenance = ProvenanceForm.Of(version.Demands.Provenance),
    };

    /// <summary>Null when something cannot be read; <paramref name="problems"/> then say what and where.</summary>
    public TrustPolicyInput? Read(ModelStateDictionary problems, string prefix)
    {
        if (ValidUntil is null) problems.AddModelError($"{prefix}.{nameof(ValidUntil)}", "Say when the policy expires. It does not relax then: somebody has to look at it again.");
        if (Signature.LacksPlace) problems.AddModelError($"{prefix}.{nameof(Signature)}.Signature", "Say where the signature lies: without that nothing below is demanded.");
        if (Provenance.LacksPlace) problems.AddModelError($"{prefix}.{nameof(Provenance)}.Provenance", "Say where the provenance lies: without that nothing below is demanded.");
        var identities = IdentityLines.Parse(Signature.Identities, problems, $"{prefix}.{nameof(Signature)}.Identities");
        var certified = IdentityLines.Parse(Provenance.Identities, problems, $"{prefix}.{nameof(Provenance)}.Identities");
        var parameters = NameValueLines.Parse(Provenance.Parameters, out var problem);
        if (problem is not null) problems.AddModelError($"{prefix}.{nameof(Provenance)}.Parameters", problem);
        if (!problems.IsValid) return null;

        var last = ValidUntil!.Value;
        return new TrustPolicyInput
        {
            Services = Lines.Of(Services),
            Tiers = Tiers,
            Kinds = Kinds,
            Signature = Signature.ToCheck(identities),
            Provenance = Provenance.ToCheck(certified, parameters!),
            ValidUntil = new DateTimeOffset(last < DateOnly.MaxValue ? last.AddDays(1) : last, TimeOnly.MinValue, TimeSpan.Zero),
            Reason = Reason ?? "",
        };
    }
}
