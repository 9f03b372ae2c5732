namespace DeployHub.Domain.Workers;

/// <summary>Every way a worker says no.</summary>
public static class WorkerErrors
{
    public static readonly Error AlreadyDraining =
        new(ErrorKind.Conflict, "worker.already-draining", "This worker is being drained already: it takes nothing new. Resume it to give it work again.");

    public static readonly Error NotDraining = new(ErrorKind.Conflict, "worker.not-draining", "Nobody drains this worker: it takes work already.");
}
