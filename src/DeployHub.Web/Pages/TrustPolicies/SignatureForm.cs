using DeployHub.Domain.Models.Steps;
using DeployHub.Web.Pages.Shared;

namespace DeployHub.Web.Pages.TrustPolicies;

/// <summary>What is demanded of signatures; nothing while the place is empty.</summary>
public sealed class SignatureForm
{
    public string? Signature { get; set; }

    public string? Checksums { get; set; }

    public List<string> Keys { get; set; } = [];

    public string? Identities { get; set; }

    public string? Artefact { get; set; }

    /// <summary>Something is said of signatures, but not where they lie.</summary>
    internal bool LacksPlace => Signature.OrNull() is null && (Keys.Count > 0 || new[] { Checksums, Identities, Artefact }.Any(said => said.OrNull() is not null));

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
