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

    /// <summary>It is desired because somebody accepted it, and not because a run deployed it.</summary>
    public bool WasAccepted { get; private set; }

    public static ObservedVersion First(TargetId target, ComponentId component, ComponentVersionId? version, string source, DateTimeOffset at) =>
        new() { TargetId = target, ComponentId = component, VersionId = version, Source = source, ObservedAt = at, Since = at };

    public void Observe(ComponentVersionId? version, string source, DateTimeOffset at)
    {
        if (VersionId != version) (VersionId, Since, Source) = (version, at, source);
        ObservedAt = at;
    }

    /// <summary>A run has put it there.</summary>
    public void Deploy(ComponentVersionId? version, string run, DateTimeOffset at)
    {
        Observe(version, run, at);
        (DesiredVersionId, DesiredBy, DesiredAt, WasAccepted) = (version, run, at, false);
    }

    /// <summary>It is there, and the environment's owner accepted it.</summary>
    public void Accept(ComponentVersionId? version, string by, DateTimeOffset at)
    {
        Observe(version, Source, at);
        (DesiredVersionId, DesiredBy, DesiredAt, WasAccepted) = (version, by, at, true);
    }
}
