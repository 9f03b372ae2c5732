namespace DeployHub.Domain.Inventory;

/// <summary>Every way the inventory says no.</summary>
public static class InventoryErrors
{
    public static readonly Error ServiceKeyTaken = KeyTaken("service");

    public static readonly Error ComponentKeyTaken = KeyTaken("component");

    public static readonly Error StoreKeyTaken = KeyTaken("definitive-store");

    public static readonly Error EnvironmentKeyTaken = KeyTaken("environment");

    public static readonly Error TargetNameTaken =
        Error.Invalid("target.name-taken", "Name", "Another target of this environment has this name; choose another.") with { Kind = ErrorKind.Conflict };

    public static readonly Error VersionLabelReused =
        Error.Invalid("VersionLabelReused", "Label", "This label already names other content. A label is never reused: register a new one.") with { Kind = ErrorKind.Conflict };

    public static Error VersionWithoutContent(ComponentKind kind) => kind.HasManifest()
        ? Error.Invalid("component-version.no-content", "Manifest", $"A version of kind {kind} needs a content manifest, such as serial numbers or an effective date.")
        : Error.Invalid("component-version.no-content", "Artefacts", $"A version of kind {kind} needs at least one artefact with its digest.");

    public static Error AlreadyRecalled(string label) =>
        new(ErrorKind.Conflict, "component-version.already-recalled", $"Version {label} is already recalled.");

    private static Error KeyTaken(string noun) =>
        Error.Invalid($"{noun}.key-taken", "Key", $"Another {noun.Replace('-', ' ')} has this key. Keys are unique and never change; choose another.") with { Kind = ErrorKind.Conflict };
}
