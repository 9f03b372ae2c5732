using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Manifests;

namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// Compares the content manifest of a version with its registered digest and judges what it says: that a document is approved and not due for
/// review, a licence covers enough people and has not run out, a delivery is what was ordered (domain Appendix F). All findings are told at once.
/// </summary>
/// <param name="Required">Entries that must be there and not empty.</param>
/// <param name="Expect">What entries have to be; each of them must be there too.</param>
/// <param name="Kinds">Of components of which kinds Required and Expect speak; of all unless told. The digest is compared in any case.</param>
public sealed record CheckManifest(IReadOnlyList<string>? Required = null, IReadOnlyList<ManifestExpectation>? Expect = null, IReadOnlyList<ComponentKind>? Kinds = null) : ComponentCheck
{
    /// <summary>More than the digest is looked at.</summary>
    public bool SpeaksOf(ComponentKind kind) => Kinds is not { Count: > 0 } || Kinds.Contains(kind);
}
