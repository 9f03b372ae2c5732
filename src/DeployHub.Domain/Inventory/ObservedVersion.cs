namespace DeployHub.Domain.Inventory;

/// <summary>What was last seen of one component on one target. Written only from what succeeded there, or from a report.</summary>
public sealed class ObservedVersion
{
    private ObservedVersion() { }

    public TargetId TargetId { get; private init; }

    public ComponentId ComponentId { get; private init; }

    /// <summary>Null when the component is absent.</summary>
    public ComponentVersionId? VersionId { get; private set; }

    public DateTimeOffset ObservedAt { get; private set; }

    /// <summary>Since when this version is there.</summary>
    public DateTimeOffset Since { get; private set; }

    /// <summary>The run that put it there, as <c>DEP-2026-000123/R1</c>, or who reported it.</summary>
    public string Source { get; private set; } = "";

    /// <summary>What was last deployed successfully or accepted (domain §1.3); null for absent, and while <see cref="DesiredAt"/> is null for unknown.</summary>
    public ComponentVersionId? DesiredVersionId { get; private set; }

    /// <summary>The run that deployed it, or who accepted it.</summary>
    public string? DesiredBy { get; private set; }

    public DateTimeOffset? DesiredAt { get; private set; }

    public static ObservedVersion First(TargetId target, ComponentId component, ComponentVersionId? version, string source, DateTimeOffset at) =>
        new() { TargetId = target, ComponentId = component, VersionId = version, Source = source, ObservedAt = at, Since = at };

    public void Observe(ComponentVersionId? version, string source, DateTimeOffset at)
    {
        if (VersionId != version) (VersionId, Since, Source) = (version, at, source);
        ObservedAt = at;
    }

    /// <summary>It is there, and it is what has to be there.</summary>
    /// <param name="by">The run that put it there, or who accepted it.</param>
    public void Desire(ComponentVersionId? version, string by, DateTimeOffset at)
    {
        Observe(version, by, at);
        (DesiredVersionId, DesiredBy, DesiredAt) = (version, by, at);
    }
}
