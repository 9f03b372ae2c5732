using DeployHub.Domain.Models;

namespace DeployHub.Domain.Inventory;

/// <summary>When a target is looked at outside of runs. State is the queue: a worker takes what is due for as long as a look may last.</summary>
public sealed class DriftScan
{
    private DriftScan() { }

    public TargetId TargetId { get; private init; }

    /// <summary>When a worker must look; null when only a person may ask for it.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>Rises with each look that is taken, and when somebody asks for one: what a look says that began before counts for nothing.</summary>
    public int Fence { get; private set; }

    /// <summary>When the last look ended.</summary>
    public DateTimeOffset? LookedAt { get; private set; }

    /// <summary>What could not be looked at, in a sentence; null when everything could.</summary>
    public string? Trouble { get; private set; }

    public static DriftScan Of(TargetId target) => new() { TargetId = target };

    /// <param name="lease">How long the look may last before another worker takes it.</param>
    /// <returns>The fence to settle it with.</returns>
    public int Take(TimeSpan lease, DateTimeOffset at)
    {
        DueAt = at + lease;
        return ++Fence;
    }

    /// <summary>A run changes the target by now, so what was seen counts for nothing: it stays due, and nobody takes it before that is over.</summary>
    public void PutOff(int fence, DateTimeOffset at)
    {
        if (fence == Fence) DueAt = at;
    }

    /// <summary>True when the look counts; false when another worker has taken it since, or somebody asked for another.</summary>
    /// <param name="every">The environment's pause between looks; null for none.</param>
    public bool Settle(int fence, string? every, string? trouble, DateTimeOffset at)
    {
        if (fence != Fence) return false;

        (LookedAt, Trouble, DueAt) = (at, trouble, every is null ? null : at + Duration.Of(every));
        return true;
    }
}
