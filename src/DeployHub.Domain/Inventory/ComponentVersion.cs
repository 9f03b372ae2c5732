using System.Text;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory.Dependencies;
using DeployHub.Domain.Inventory.Manifests;

namespace DeployHub.Domain.Inventory;

/// <summary>An immutable, uniquely labelled state of a component, registered before it can be planned (domain §1.2).</summary>
public sealed class ComponentVersion
{
    private ComponentVersion() { }

    public ComponentVersionId Id { get; private init; }

    public ComponentId ComponentId { get; private init; }

    /// <summary>Unique within the component; never reused for different content.</summary>
    public string Label { get; private init; } = "";

    /// <summary>Over the digests of all artefacts and the manifest: one value that names the whole content.</summary>
    public Digest Digest { get; private init; }

    public IReadOnlyList<Artefact> Artefacts { get; private init; } = [];

    /// <summary>For content without bytes: what was agreed, by name, such as serial numbers or an effective date.</summary>
    public IReadOnlyDictionary<string, string> Manifest { get; private init; } = new Dictionary<string, string>();

    /// <summary>Where it came from: build, commit, author, as reported at registration.</summary>
    public IReadOnlyDictionary<string, string> Provenance { get; private init; } = new Dictionary<string, string>();

    /// <summary>What it declares of other components. Declared, and not content: the digest is not over it.</summary>
    public IReadOnlyList<Dependency> Dependencies { get; private init; } = [];

    public Actor RegisteredBy { get; private init; } = Actor.System;

    public DateTimeOffset RegisteredAt { get; private init; }

    /// <summary>Why it must not be deployed any more; null while it may.</summary>
    public string? RecallReason { get; private set; }

    public Actor? RecalledBy { get; private set; }

    public DateTimeOffset? RecalledAt { get; private set; }

    public bool IsRecalled => RecallReason is not null;

    /// <summary>
    /// Refused with <c>component-version.no-content</c> when it lacks what its kind is made of (Appendix F), with
    /// <c>component-version.depends-on-itself</c>, or with <c>component-version.half-a-change-note</c> and <c>component-version.changed-since-itself</c>.
    /// </summary>
    public static Result<ComponentVersion> Register(
        Component component, string label, IReadOnlyList<Artefact> artefacts, IReadOnlyDictionary<string, string> manifest,
        IReadOnlyDictionary<string, string> provenance, IReadOnlyList<Dependency> dependencies, Actor by, DateTimeOffset at)
    {
        if (LacksContent(component.Kind, artefacts.Count, manifest.Count)) return InventoryErrors.VersionWithoutContent(component.Kind);
        if (dependencies.Any(dependency => dependency.Component == component.Key)) return InventoryErrors.VersionDependsOnItself;
        if (ChangeNote.Objection(label, manifest) is { } unclear) return unclear;

        return new ComponentVersion
        {
            Id = ComponentVersionId.New(),
            ComponentId = component.Id,
            Label = label,
            Digest = DigestOf(artefacts, manifest),
            Artefacts = artefacts,
            Manifest = manifest,
            Provenance = provenance,
            Dependencies = dependencies,
            RegisteredBy = by,
            RegisteredAt = at,
        };
    }

    /// <summary>Whether another registration says the same as this one (domain §1.2): <c>VersionLabelReused</c> or <c>component-version.other-dependencies</c>.</summary>
    public Result IsSameAs(ComponentVersion other) =>
        Digest != other.Digest ? InventoryErrors.VersionLabelReused
        : !Dependencies.ToHashSet().SetEquals(other.Dependencies) ? InventoryErrors.OtherDependencies
        : Result.Success;

    /// <summary>Forbids any further use. Recalling twice keeps the first reason.</summary>
    public Result Recall(string reason, Actor by, DateTimeOffset at)
    {
        if (IsRecalled) return InventoryErrors.AlreadyRecalled(Label);

        (RecallReason, RecalledBy, RecalledAt) = (reason, by, at);
        return Result.Success;
    }

    private static bool LacksContent(ComponentKind kind, int artefacts, int entries) =>
        (kind.HasBytes() && artefacts == 0) || (kind.HasManifest() && entries == 0) || artefacts + entries == 0;

    /// <summary>A version with one artefact and no manifest has that artefact's digest, so that people can compare it with their build's.</summary>
    public static Digest DigestOf(IReadOnlyList<Artefact> artefacts, IReadOnlyDictionary<string, string> manifest)
    {
        if (artefacts.Count == 1 && manifest.Count == 0) return artefacts[0].Digest;

        var content = new StringBuilder();
        foreach (var artefact in artefacts.OrderBy(artefact => artefact.Name, StringComparer.Ordinal))
            content.Append(artefact.Name).Append('=').Append(artefact.Digest).Append('\n');
        foreach (var (name, value) in manifest.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            content.Append(name).Append(':').Append(value.Length).Append(':').Append(value).Append('\n');
        return Digest.OfText(content.ToString());
    }
}
