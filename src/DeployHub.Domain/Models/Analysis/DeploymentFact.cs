using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;

namespace DeployHub.Domain.Models.Analysis;

/// <summary>One deployment, as an analysis looks at it.</summary>
/// <param name="Number">Such as <c>DEP-2026-000123</c>.</param>
public sealed record DeploymentFact(string Number, DateTimeOffset CreatedAt)
{
    public DateTimeOffset? SubmittedAt { get; init; }

    public DateTimeOffset? ScheduledAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public Outcome? Outcome { get; init; }

    public bool IsLive { get; init; }

    /// <summary>Parameters that the plan changed, with their values (domain §2.7).</summary>
    public IReadOnlyDictionary<string, string> Adaptations { get; init; } = new Dictionary<string, string>();

    /// <summary>How many parameters left what the model allows.</summary>
    public int Deviations { get; init; }

    /// <summary>Only those that were decided.</summary>
    public IReadOnlyList<ApprovalFact> Approvals { get; init; } = [];

    public IReadOnlyList<RunFact> Runs { get; init; } = [];

    public bool Succeeded => Outcome is Deployments.Outcome.Succeeded or Deployments.Outcome.SucceededAfterIntervention;
}

/// <summary>One decision of one person about a plan.</summary>
/// <param name="Waited">From when it was asked for to when it was made; null where the first is not known.</param>
public sealed record ApprovalFact(ApproverQuality Quality, bool IsRefused, TimeSpan? Waited);
