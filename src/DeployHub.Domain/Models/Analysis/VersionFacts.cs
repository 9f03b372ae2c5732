using DeployHub.Domain.Models.Measuring;

namespace DeployHub.Domain.Models.Analysis;

/// <summary>What the records of one version of a model say, as far as DeployHub keeps it: all that signals are computed from.</summary>
public sealed record VersionFacts
{
    /// <summary>Number of the version.</summary>
    public required int Version { get; init; }

    public required AnalysisWindow Window { get; init; }

    /// <summary>Of the window, in order of their numbers; rehearsals and drills are not among them (MR-3).</summary>
    public IReadOnlyList<DeploymentFact> Deployments { get; init; } = [];

    /// <summary>Live deployments that succeeded, of those that came to their end in the window (domain M6).</summary>
    public Proportion Success { get; init; }

    /// <summary>Live deployments that needed intervention after they had touched a target (domain D4).</summary>
    public Proportion ChangeFailure { get; init; }

    /// <summary>Percent of deployments that were to succeed; null where nobody set it.</summary>
    public decimal? TargetSuccess { get; init; }

    /// <summary>Half of the runs were to take no longer; null where nobody set it.</summary>
    public TimeSpan? TargetDuration { get; init; }

    /// <summary>The default of each parameter.</summary>
    public IReadOnlyDictionary<string, string> Defaults { get; init; } = new Dictionary<string, string>();

    /// <summary>Plans may be made with it.</summary>
    public bool IsInUse { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public DateTimeOffset? LastPlannedAt { get; init; }

    /// <summary>Touched targets can be led back.</summary>
    public bool LeadsBack { get; init; }

    /// <summary>When a run of it last came to <c>RolledBack</c>, for real or as a rehearsal; null when none ever did.</summary>
    public DateTimeOffset? LastRollbackAt { get; init; }

    /// <summary>Answers of at least 4 of 5 to M5, of all answers; null while nobody is asked.</summary>
    public Proportion? Content { get; init; }

    /// <summary>In the order in which they were asked for.</summary>
    public IReadOnlyList<RunFact> Runs => [.. Deployments.SelectMany(deployment => deployment.Runs).OrderBy(run => run.BeganAt)];

    /// <summary>Those that somebody handed in, so that what they say was meant.</summary>
    public IReadOnlyList<DeploymentFact> Plans => [.. Deployments.Where(deployment => deployment.SubmittedAt is not null)];
}
