using DeployHub.Domain.Runs;

namespace DeployHub.Worker.Steps.Clusters;

/// <summary>Why a cluster cannot be used, as a sentence.</summary>
internal sealed class ClusterRefusedException(string message, HaltCause? cause = null, bool isPassing = false, bool isMissing = false, bool isOwnConflict = false) : Exception(message)
{
    public HaltCause? Cause => cause;

    /// <summary>The next try may go well.</summary>
    public bool IsPassing => isPassing;

    /// <summary>There is no such thing.</summary>
    public bool IsMissing => isMissing;

    /// <summary>DeployHub stands in its own way: an Undo patched the fields that an Apply wants.</summary>
    public bool IsOwnConflict => isOwnConflict;
}
