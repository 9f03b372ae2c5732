using DeployHub.Domain.Access;

namespace DeployHub.Domain.Workers;

/// <summary>
/// One worker as the registry knows it, by its name: what its process said last, and what people decided about it. A process that starts
/// under the same name takes the entry over, with the decision to drain it.
/// </summary>
public sealed class WorkerProcess
{
    /// <summary>Two heartbeats may be missed.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(12);

    /// <summary>How long one that stopped or fell silent is still shown.</summary>
    public static readonly TimeSpan ForgottenAfter = TimeSpan.FromDays(1);

    private WorkerProcess() { }

    /// <summary>Unique among workers; the target runs it holds carry it.</summary>
    public string Name { get; private init; } = "";

    /// <summary>Which process it is: a restart under the same name is another.</summary>
    public Guid Instance { get; private set; }

    public string Host { get; private set; } = "";

    /// <summary>Of the program it runs.</summary>
    public string ProductVersion { get; private set; } = "";

    /// <summary>Names of the pools it serves.</summary>
    public IReadOnlyList<string> Pools { get; private set; } = [];

    /// <summary>Names of the secrets that it knows, never their values; null while it has not told.</summary>
    public IReadOnlyList<string>? Secrets { get; private set; }

    public DateTimeOffset StartedAt { get; private set; }

    public DateTimeOffset LastSeenAt { get; private set; }

    public DateTimeOffset? StoppedAt { get; private set; }

    /// <summary>How many target runs it takes at once.</summary>
    public int Hands { get; private set; }

    public int HandsInUse { get; private set; }

    /// <summary>Whether it takes anything new, by its own word: after <see cref="Drain"/> it needs up to one heartbeat to know.</summary>
    public bool TakesWork { get; private set; }

    /// <summary>Null while nobody drains it.</summary>
    public DateTimeOffset? DrainingSince { get; private set; }

    public Actor? DrainedBy { get; private set; }

    public static WorkerProcess Enter(string name) => new() { Name = name };

    /// <summary>A process begins to work under this name; whoever drained the worker before has not changed their mind.</summary>
    public void Start(Guid instance, string host, string productVersion, int hands, Pools pools, DateTimeOffset at) =>
        (Instance, Host, ProductVersion, Hands, Pools, StartedAt) = (instance, host, productVersion, hands, pools.Names, at);

    /// <summary>Its heartbeat.</summary>
    /// <param name="takesWork">Whether it takes anything new by now.</param>
    public void Beat(int handsInUse, bool takesWork, DateTimeOffset at) => (HandsInUse, TakesWork, LastSeenAt, StoppedAt) = (handsInUse, takesWork, at, null);

    /// <summary>What it could fill in, by name only, so that a document which names something else can be told of it.</summary>
    public void Know(IReadOnlyList<string> secrets) => Secrets = secrets;

    public void Stop(DateTimeOffset at) => (HandsInUse, TakesWork, LastSeenAt, StoppedAt) = (0, false, at, at);

    /// <summary>It takes nothing new and lets what it has finish. Even while it is silent or stopped, for when it comes back.</summary>
    public Result Drain(Actor by, DateTimeOffset at)
    {
        if (DrainingSince is not null) return WorkerErrors.AlreadyDraining;

        (DrainingSince, DrainedBy) = (at, by);
        return Result.Success;
    }

    public Result Resume()
    {
        if (DrainingSince is null) return WorkerErrors.NotDraining;

        (DrainingSince, DrainedBy) = (null, null);
        return Result.Success;
    }

    /// <summary>It will take work of this pool.</summary>
    public bool Serves(string? pool, DateTimeOffset now) => StateAt(now, held: 0) is WorkerState.Working or WorkerState.Idle && new Pools(Pools).Serves(pool);

    /// <summary>What it is about, derived from what it said and from what it holds.</summary>
    /// <param name="held">How many target runs are leased to it; what it said last may be older than what it took last.</param>
    public WorkerState StateAt(DateTimeOffset now, int held)
    {
        if (StoppedAt is not null) return WorkerState.Stopped;
        if (now - LastSeenAt >= SilentAfter) return WorkerState.Silent;

        var holds = HandsInUse > 0 || held > 0;
        if (DrainingSince is not null) return holds || TakesWork ? WorkerState.Draining : WorkerState.Drained;
        return holds ? WorkerState.Working : WorkerState.Idle;
    }
}
