using DeployHub.Domain.Models;

namespace DeployHub.Domain.Deployments.Risks;

/// <summary>What the seven factors have to know. Read from the database in one place; what is left out is harmless.</summary>
public sealed record RiskFacts
{
    /// <summary>Real users, data or money are there.</summary>
    public bool IsLive { get; init; }

    /// <summary>Targets in service in the environment.</summary>
    public int InService { get; init; }

    /// <summary>Targets that the first phase takes, before anything is verified.</summary>
    public int FirstPhase { get; init; }

    /// <summary>All of those planned.</summary>
    public int Planned { get; init; }

    public RollbackMethod Rollback { get; init; }

    /// <summary>When a rollback with this model last succeeded, for real or in a rehearsal; null for never.</summary>
    public DateTimeOffset? RollbackProvenAt { get; init; }

    /// <summary>When a deployment with this model last succeeded anywhere; null for never.</summary>
    public DateTimeOffset? ModelUsedAt { get; init; }

    /// <summary>When this model was last rehearsed successfully; null for never.</summary>
    public DateTimeOffset? ModelRehearsedAt { get; init; }

    /// <summary>It brings nothing that could be new, tested or promoted.</summary>
    public bool OnlyRemoves { get; init; }

    /// <summary>Keys of planned components that were never seen in this environment.</summary>
    public IReadOnlyList<string> NewHere { get; init; } = [];

    /// <summary>Planned versions without any test report.</summary>
    public IReadOnlyList<string> Untested { get; init; } = [];

    /// <summary>Planned versions whose newest report of some suite has failed tests.</summary>
    public IReadOnlyList<string> Failing { get; init; } = [];

    /// <summary>Planned versions that succeeded in no other environment with the same digest.</summary>
    public IReadOnlyList<string> Unpromoted { get; init; } = [];

    /// <summary>Key of the environment in which they must have succeeded before; null where the policy asks for none.</summary>
    public string? PromotionSource { get; init; }

    /// <summary>Null means on demand.</summary>
    public Slot? Slot { get; init; }

    /// <summary>Which days count as such where it happens.</summary>
    public WorkingDays WorkingDays { get; init; } = WorkingDays.WithoutHolidays;

    /// <summary>When the next freeze over this plan begins, and what it is called; null when none is near.</summary>
    public (DateTimeOffset From, string Name)? NextFreeze { get; init; }

    /// <summary>Keys of other components here that declare a dependency on what is planned.</summary>
    public IReadOnlyList<string> Dependants { get; init; } = [];

    /// <summary>Declared dependencies that will not hold, in sentences.</summary>
    public IReadOnlyList<string> Broken { get; init; } = [];

    /// <summary>Latest live deployments of this model or this service that are over, at most twenty.</summary>
    public int Past { get; init; }

    /// <summary>How many of them did not succeed.</summary>
    public int PastFailures { get; init; }
}
