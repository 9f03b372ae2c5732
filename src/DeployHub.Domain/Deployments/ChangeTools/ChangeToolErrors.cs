namespace DeployHub.Domain.Deployments.ChangeTools;

/// <summary>Every way a connection to a change tool says no.</summary>
public static class ChangeToolErrors
{
    public static readonly Error KeyTaken = Error.Invalid("change-tool.key-taken", "Key", "Another change tool has this key already. Choose another.");

    public static Error TooMany(int most) => new(ErrorKind.Conflict, "change-tool.too-many", $"There are {most} change tools connected already, which is the most. Disconnect one that nobody needs any more.");

    public static Error KindFixed(ChangeToolKind kind) =>
        Error.Invalid("change-tool.kind-fixed", "Settings.Kind", $"This is connected as {kind}, which does not change. Connect the other tool beside it, and disconnect this one.");

    public static Error NotItsReference(string number, string tool, string pattern) =>
        Error.Invalid("change-tool.not-its-reference", "Number", $"“{number}” does not belong to {tool}: its references fit {pattern}. Type one that does, or change the pattern.");

    public static Error JustAsked(string number) => new(
        ErrorKind.Conflict, "change-tool.just-asked",
        $"Somebody had {number} looked up less than {ChangeRecord.AskedEvery.TotalSeconds:0} seconds ago. What came of it is shown in a moment; after that it can be looked up again.");

    public static Error NoChange(string deployment) =>
        new(ErrorKind.Conflict, "change-tool.no-change", $"{deployment} names no change that belongs to a connected change tool. Edit the plan to name one, or ask an administrator to connect the tool.");
}
