using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
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

/// <summary>What is demanded of signatures; nothing while the place is empty.</summary>
public sealed class SignatureForm
{
    public string? Signature { get; set; }

    public string? Checksums { get; set; }

    public List<string> Keys { get; set; } = [];

    public string? Identities { get; set; }

    public string? Artefact { get; set; }

    public static SignatureForm Of(CheckSignature? check) => check is null ? new() : new()
    {
        Signature = check.Signature,
        Checksums = check.Checksums,
        Keys = [.. check.Keys ?? []],
        Identities = IdentityLines.Format(check.Identities),
        Artefact = check.Artefact,
    };

    internal CheckSignature? ToCheck(IReadOnlyList<SignerIdentity> identities) =>
        Signature.OrNull() is { } path ? new CheckSignature(path.Trim(), Checksums.OrNull()?.Trim(), Artefact.OrNull()?.Trim(), Lines.OrNull(identities), Lines.OrNull(Keys)) : null;
}

/// <summary>What is demanded of provenance; nothing while the place is empty.</summary>
public sealed class ProvenanceForm
{
    public string? Provenance { get; set; }

    public string? Builders { get; set; }

    public string? Sources { get; set; }

    public string? Refs { get; set; }

    public string? BuildTypes { get; set; }

    public string? Parameters { get; set; }

    public List<string> Keys { get; set; } = [];

    public string? Identities { get; set; }

    public string? Artefact { get; set; }

    public static ProvenanceForm Of(CheckProvenance? check) => check is null ? new() : new()
    {
        Provenance = check.Provenance,
        Builders = Lines.Format(check.Builders),
        Sources = Lines.Format(check.Sources),
        Refs = Lines.Format(check.Refs),
        BuildTypes = Lines.Format(check.BuildTypes),
        Parameters = NameValueLines.Format(check.Parameters ?? new Dictionary<string, string>()),
        Keys = [.. check.Keys ?? []],
        Identities = IdentityLines.Format(check.Identities),
        Artefact = check.Artefact,
    };

    internal CheckProvenance? ToCheck(IReadOnlyList<SignerIdentity> identities, IReadOnlyDictionary<string, string> parameters) => Provenance.OrNull() is { } path
        ? new CheckProvenance(
            path.Trim(), Lines.Of(Builders), Lines.OrNull(Lines.Of(Sources)), Lines.OrNull(Lines.Of(Refs)), Lines.OrNull(Lines.Of(BuildTypes)), parameters.Count == 0 ? null : parameters, Lines.OrNull(identities),
            Artefact.OrNull()?.Trim(), Lines.OrNull(Keys))
        : null;
}
