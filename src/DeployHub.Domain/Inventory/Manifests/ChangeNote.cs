namespace DeployHub.Domain.Inventory.Manifests;

/// <summary>
/// What a version changes against one before it, as its content manifest declares (domain J12): whoever has acknowledged that one reads the
/// difference alone. A part of the manifest, so that an approval binds to it.
/// </summary>
/// <param name="Since">Label of the version before.</param>
/// <param name="Text">What is different, for its readers.</param>
public sealed record ChangeNote(string Since, string Text)
{
    public const string SinceEntry = "changed since";

    public const string TextEntry = "what changed";

    /// <summary>Null when the manifest declares none.</summary>
    public static ChangeNote? In(IReadOnlyDictionary<string, string> manifest) =>
        manifest.GetValueOrDefault(SinceEntry)?.Trim() is { Length: > 0 } since && manifest.GetValueOrDefault(TextEntry)?.Trim() is { Length: > 0 } text ? new ChangeNote(since, text) : null;

    /// <summary>Why a version cannot declare this; null when it can.</summary>
    /// <param name="label">Of the version that declares it.</param>
    internal static Error? Objection(string label, IReadOnlyDictionary<string, string> manifest)
    {
        if (!manifest.TryGetValue(SinceEntry, out var since)) return null;
        if (In(manifest) is null) return InventoryErrors.HalfAChangeNote;
        return since.Trim() == label ? InventoryErrors.ChangedSinceItself : null;
    }
}
