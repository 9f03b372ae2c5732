namespace DeployHub.Domain.Workers;

/// <summary>What a worker is about, seen from outside.</summary>
public enum WorkerState
{
    /// <summary>It has a target run in hand.</summary>
    Working,

    /// <summary>It would take work, and there is none.</summary>
    Idle,

    /// <summary>Somebody drains it: it takes nothing new, and is not yet through with what it has.</summary>
    Draining,

    /// <summary>It knows that it is drained and holds nothing: it may be switched off.</summary>
    Drained,

    /// <summary>Nothing was heard of it for too long; others go on with what it held (CR-3).</summary>
    Silent,

    /// <summary>It said goodbye.</summary>
    Stopped,
}
