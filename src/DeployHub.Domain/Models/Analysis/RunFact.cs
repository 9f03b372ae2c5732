using DeployHub.Domain.Runs;

namespace DeployHub.Domain.Models.Analysis;

/// <summary>One run, as an analysis looks at it.</summary>
/// <param name="Deployment">Number of its deployment.</param>
/// <param name="BeganAt">When it was asked for.</param>
public sealed record RunFact(string Deployment, DateTimeOffset BeganAt)
{
    public RunStatus Status { get; init; }

    /// <summary>From its first move to its last; null while it is not over.</summary>
    public TimeSpan? Took { get; init; }

    public IReadOnlyList<HaltFact> Halts { get; init; } = [];

    /// <summary>Where its time went; empty while it is not over.</summary>
    public IReadOnlyList<PlaceTime> Times { get; init; } = [];
}

/// <summary>One halt, as an analysis looks at it.</summary>
/// <param name="Step">Null where no step failed: a person stopped it, or a gate was closed.</param>
public sealed record HaltFact(Stage Stage, string? Step, HaltCause Cause)
{
    public bool WasRollingBack { get; init; }

    /// <summary>Null while it is open.</summary>
    public ResolutionChoice? Choice { get; init; }

    /// <summary>Where those who resolved it saw the cause; null while it is open.</summary>
    public CauseClass? CauseClass { get; init; }

    /// <summary>The step only looks at what Execute does not change, so it could look before.</summary>
    public bool CouldLookEarlier { get; init; }
}
