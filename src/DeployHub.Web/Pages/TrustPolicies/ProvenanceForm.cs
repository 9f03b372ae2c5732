using DeployHub.Domain.Models.Steps;
using DeployHub.Web.Pages.Shared;

namespace DeployHub.Web.Pages.TrustPolicies;

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

    /// <summary>Something is said of provenance, but not where it lies.</summary>
    internal bool LacksPlace =>
        Provenance.OrNull() is null && (Keys.Count > 0 || new[] { Builders, Sources, Refs, BuildTypes, Parameters, Identities, Artefact }.Any(said => said.OrNull() is not null));

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
