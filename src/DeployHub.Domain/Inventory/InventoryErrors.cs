namespace DeployHub.Domain.Inventory;

/// <summary>Every way the inventory says no.</summary>
public static class InventoryErrors
{
    public static readonly Error ServiceKeyTaken = KeyTaken("service");

    public static readonly Error ComponentKeyTaken = KeyTaken("component");

    public static readonly Error StoreKeyTaken = KeyTaken("definitive-store");

    public static readonly Error TrustedKeyKeyTaken = KeyTaken("trusted-key");

    public static readonly Error EnvironmentKeyTaken = KeyTaken("environment");

    public static readonly Error TargetNameTaken =
        Error.Invalid("target.name-taken", "Name", "Another target of this environment has this name; choose another.") with { Kind = ErrorKind.Conflict };

    public static readonly Error VersionLabelReused =
        Error.Invalid("VersionLabelReused", "Label", "This label already names other content. A label is never reused: register a new one.") with { Kind = ErrorKind.Conflict };

    public static readonly Error OtherDependencies =
        Error.Invalid("component-version.other-dependencies", "Dependencies", "This label is registered with other dependencies, and what a version declares never changes. Register a new one.") with { Kind = ErrorKind.Conflict };

    public static readonly Error HalfAChangeNote =
        Error.Invalid("component-version.half-a-change-note", "Manifest", $"Who says “{Manifests.ChangeNote.SinceEntry}” says the label of the version before, and what is different as “{Manifests.ChangeNote.TextEntry}”: those who know that version read it instead of everything.");

    public static readonly Error ChangedSinceItself =
        Error.Invalid("component-version.changed-since-itself", "Manifest", $"“{Manifests.ChangeNote.SinceEntry}” names this version itself; name the one before it.");

    public static readonly Error VersionDependsOnItself =
        Error.Invalid("component-version.depends-on-itself", "Dependencies", "A version cannot depend on its own component. Take that line away.");

    public static readonly Error EnvironmentPromotesToItself =
        Error.Invalid("environment.promotes-to-itself", "PromotionSource", "An environment cannot be its own promotion source; choose the one before it, or none.");

    public static Error StoreCannotBeListed(string store) =>
        Error.Invalid(
            "store.cannot-be-listed", "Store", $"Only a store that is a folder tells what lies in it, and {store} is none. Write the path, and let a worker read its digest.");

    public static Error StoreHasNoFiles(string store) =>
        Error.Invalid("store.has-no-files", "Store", $"{store} holds no files whose digest could be read. Copy the digest from where the artefact was published.");

    public static Error NoSuchOwner(string given) =>
        Error.Invalid("owner.unknown", "Owner", $"Nobody with an account has the address or the name “{given}”. Choose somebody from the list; an administrator invites people.");

    public static Error SeveralOwners(string name) =>
        Error.Invalid("owner.several", "Owner", $"Several people are called “{name}”. Give the e-mail address of the one who is meant.");

    public static readonly Error ObservedAtTheSameMoment =
        new(ErrorKind.Conflict, "observation.raced", "Another report about this component on this target came at the same moment. Send yours again.");

    public static readonly Error VariableNameTaken =
        Error.Invalid("variable.name-taken", "Name", "The service has a variable of this name already. Edit that one, or choose another name.") with { Kind = ErrorKind.Conflict };

    public static Error VariableAmbiguous(string name, string place, VariableScope one, VariableScope other) => new(
        ErrorKind.Conflict, "variable.ambiguous", $"Two values of variable {name} are equally specific for {place}: the one for {one.InWords()} and the one for {other.InWords()}. Make one more specific, or take one away.");

    public static Error PromotionGoesInACircle(string source) =>
        Error.Invalid("environment.promotion-circle", "PromotionSource", $"Environment “{source}” gets its versions from here already, so nothing could ever be the first. Choose one that comes before.");

    /// <summary>For something that a message names besides its subject: the field that names it is told.</summary>
    public static Error Unknown(string noun, string field, string key) =>
        Error.Invalid($"{noun}.not-found", field, $"There is no {noun.Replace('-', ' ')} “{key}”. Register it first, or check how it is written.");

    public static Error TargetRetired(string name) =>
        new(ErrorKind.Conflict, "target.retired", $"Target {name} is retired and stays only for the records. Register a new one under another name.");

    public static Error ObservationOutdated(DateTimeOffset latest) =>
        new(ErrorKind.Conflict, "observation.outdated", $"A newer observation, of {latest:u}, is already known. An older one changes nothing.");

    public static Error VersionWithoutContent(ComponentKind kind) => kind.HasManifest()
        ? Error.Invalid("component-version.no-content", "Manifest", $"A version of kind {kind} needs a content manifest, such as serial numbers or an effective date.")
        : Error.Invalid("component-version.no-content", "Artefacts", $"A version of kind {kind} needs at least one artefact with its digest.");

    public static Error AlreadyRecalled(string label) =>
        new(ErrorKind.Conflict, "component-version.already-recalled", $"Version {label} is already recalled.");

    public static Error AlreadyRevoked(string key) =>
        new(ErrorKind.Conflict, "trusted-key.already-revoked", $"The key {key} is already revoked.");

    public static Error RevokedBefore(string key, string reason) =>
        Error.Invalid("trusted-key.revoked-before", "PublicKey", $"This key was revoked as {key} ({reason}), and that is for good. Let its owner make another.");

    public static Error TestedOtherContent(string label, Digest digest) =>
        Error.Invalid("test-report.other-content", "Digest", $"Version {label} is {digest}, and something else was tested. Test what was registered, or register what was tested.");

    private static Error KeyTaken(string noun) =>
        Error.Invalid($"{noun}.key-taken", "Key", $"Another {noun.Replace('-', ' ')} has this key. Keys are unique and never change; choose another.") with { Kind = ErrorKind.Conflict };
}
