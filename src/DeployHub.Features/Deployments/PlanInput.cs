using DeployHub.Domain.Deployments;
using DeployHub.Features.Deployments.Relations;

namespace DeployHub.Features.Deployments;

/// <summary>What people and programs say when they plan: keys and labels; the binding turns them into digests and targets.</summary>
public sealed record PlanInput
{
    /// <summary>Key of the environment.</summary>
    public string Environment { get; init; } = "";

    /// <summary>Each as <c>component@label</c>, in the order in which they are deployed; <c>component@absent</c> removes the component.</summary>
    public IReadOnlyList<string> Versions { get; init; } = [];

    /// <summary>Who decided what is removed; needed where something is.</summary>
    public RemovalInput? Removal { get; init; }

    /// <summary>Slug of the model.</summary>
    public string Model { get; init; } = "";

    /// <summary>Null takes the published version.</summary>
    public int? ModelVersion { get; init; }

    /// <summary>Names; empty takes every target in service, frozen from then on.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Adaptations: only what differs from the model's defaults.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Why the plan leaves the model's bounds, by the parameter that does: a deployment manager has to approve that.</summary>
    public IReadOnlyDictionary<string, string> Deviations { get; init; } = new Dictionary<string, string>();

    public ChangeCategory Category { get; init; }

    public ReasonCode Reason { get; init; }

    /// <summary>Also to targets that have every version already; without it the model decides, which leaves them unchanged by default.</summary>
    public bool DeployAgain { get; init; }

    /// <summary>The incident or security notice that an emergency is for, such as <c>INC-77</c> or <c>CVE-2026-1234</c>.</summary>
    public string? Incident { get; init; }

    /// <summary>1, the gravest, to 4; null where nobody said.</summary>
    public int? IncidentSeverity { get; init; }

    /// <summary>The change under which it happens, such as <c>CHG0031234</c>; needed where the environment's policy asks for it.</summary>
    public string? ChangeReference { get; init; }

    /// <summary>It tries out a model version in test, on an environment that is not live; null for a real deployment.</summary>
    public PlannedRehearsal? Rehearsal { get; init; }

    /// <summary>Keys of organisations that have to agree beyond those that the rules name.</summary>
    public IReadOnlyList<string> Parties { get; init; } = [];

    /// <summary>
    /// E-mail addresses of those who carry it out, by role slot of the model; <c>operator</c> is whoever starts the run. Null leaves them as they
    /// are.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? People { get; init; }

    /// <summary>Both or neither; neither means on demand.</summary>
    public DateTimeOffset? SlotStart { get; init; }

    public DateTimeOffset? SlotEnd { get; init; }

    /// <summary>Who starts it; at its slot it needs one.</summary>
    public StartMode Start { get; init; }

    /// <summary>Deployments that have to come first; null leaves those of an edited plan as they are. What a campaign puts before it stays, and need not be named.</summary>
    public IReadOnlyList<PredecessorInput>? After { get; init; }
}
