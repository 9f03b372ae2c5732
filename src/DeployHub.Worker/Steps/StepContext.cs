using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.Worker.Steps;

/// <summary>What an executor may know about the visit.</summary>
public sealed record StepContext
{
    /// <summary>The same for every visit of one attempt, such as <c>DEP-2026-000123/R1/Execute.3/web-1/2#1</c>; starts long work once (CR-4).</summary>
    public required string Key { get; init; }

    /// <summary>The key without the attempt: the same however often the step is tried.</summary>
    public string StepKey => Key.LastIndexOf('#') is > 0 and var attempt ? Key[..attempt] : Key;

    /// <summary>The name of this attempt for those who report on it from outside.</summary>
    public ReportKey? Report { get; init; }

    /// <summary>The target's or component version's name, for sentences.</summary>
    public required string Subject { get; init; }

    /// <summary>The target; null when the subject is none.</summary>
    public TargetId? Target { get; init; }

    /// <summary>How to reach the target; null when the subject is a component version.</summary>
    public Connection? Connection { get; init; }

    /// <summary>The version being moved or checked; null when a step is about the target alone.</summary>
    public SubjectVersion? Version { get; init; }

    /// <summary>The settings as they were before secrets were filled in; null where nobody filled any in.</summary>
    public StepSettings? Written { get; init; }

    /// <summary>What the visit before returned with <c>StillRunning</c>; null on the first.</summary>
    public string? Ticket { get; init; }

    /// <summary>When the attempt began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the run began to execute on targets; null before, and where no run is.</summary>
    public DateTimeOffset? ExecuteBeganAt { get; init; }

    /// <summary>How long the attempt may take in all its visits; null when nobody limits it.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Until when a check has to go on looking; null when one verdict is enough.</summary>
    public DateTimeOffset? ObservesUntil { get; init; }

    public required IStepLog Log { get; init; }

    /// <summary>Reads a secret by name; every value it gave is masked in the log from then on.</summary>
    public required ISecrets Secrets { get; init; }
}

/// <param name="Component">The component's key.</param>
/// <param name="SubKind">The component's, such as <c>Licence</c>; null for none.</param>
public sealed record SubjectVersion(
    string Component, ComponentKind Kind, string Label, Digest Digest, IReadOnlyList<Artefact> Artefacts, IReadOnlyDictionary<string, string> Manifest, string? SubKind = null);

/// <summary>Takes lines of output. Never blocks for long, never throws, masks secrets, cuts output without end at a limit, visibly.</summary>
public interface IStepLog
{
    void Write(LogStream stream, string line);
}

public enum LogStream
{
    Out,
    Error,

    /// <summary>What DeployHub itself says about the step.</summary>
    Hub,
}

/// <summary>Where secrets come from, by name: environment, file or the sealed store.</summary>
public interface ISecrets
{
    /// <summary>Null when there is no such secret.</summary>
    Task<string?> FindAsync(string name, CancellationToken cancellationToken);
}
