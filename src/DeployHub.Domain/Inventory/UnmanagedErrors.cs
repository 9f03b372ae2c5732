namespace DeployHub.Domain.Inventory;

/// <summary>Every way an unmanaged deployment says no.</summary>
public static class UnmanagedErrors
{
    public static readonly Error ChangeMissing =
        Error.Invalid("unmanaged-deployment.change-missing", "Change", "Say where the change is recorded, an address or a number such as INC-70; or name the run that did it.");

    public static Error IsExplained(UnmanagedStatus status) =>
        new(ErrorKind.Conflict, "unmanaged-deployment.cannot-move", $"This is settled already: {Words.Of(status)}.");

    /// <summary>What nobody registered has no digest, so nobody can say what it is.</summary>
    public static Error MustBeRegistered(string component, string label)
    {
        var sentence = $"{component} {label} is no registered version and still there. Register it with its digest and where it came from, or put its targets right; then explain it.";
        return new(ErrorKind.Conflict, "unmanaged-deployment.version-unregistered", sentence);
    }

    public static Error RunDidOtherwise(string run, string component, string label) =>
        Error.Invalid("unmanaged-deployment.other-run", "Run", $"{run} did not bring {component} to {label} in this environment, so it explains nothing here.");
}
