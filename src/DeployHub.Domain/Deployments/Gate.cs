using System.Text.Json.Serialization;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.Domain.Deployments.ChangeTools;
using DeployHub.Domain.Deployments.Relations;
using DeployHub.Domain.Deployments.Staffing;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;

namespace DeployHub.Domain.Deployments;

public enum GateKind
{
    Approval,
    Alignment,
    Model,
    Components,
    TrustPolicies,
    Targets,
    Slot,
    OpenHalt,
    Window,
    Freeze,
    Operator,
    Dependencies,
    Campaign,
    Conditions,
    Change,
}

/// <summary>A condition that must hold before a run starts, with its verdict in a sentence (domain §2.4.2).</summary>
public sealed record Gate(GateKind Kind, bool IsOpen, string Sentence)
{
    /// <summary>It would be closed for another kind of change; the start tells it, so that it is in the record.</summary>
    [JsonIgnore]
    public bool IsWaived { get; init; }
}

/// <summary>What the gates have to know beyond the deployment itself.</summary>
/// <param name="Model">How the planned model version stands now.</param>
/// <param name="RecalledVersions">Planned versions that were recalled since.</param>
/// <param name="RetiredTargets">Planned targets that were retired since.</param>
/// <param name="HaltedElsewhere">Numbers of other deployments halted on one of the components in this environment.</param>
public sealed record GateFacts(
    ModelStanding Model, IReadOnlyList<string> RecalledVersions, IReadOnlyList<string> RetiredTargets, IReadOnlyList<string> HaltedElsewhere)
{
    /// <summary>The trust policies that bind the plan as they are now.</summary>
    public IReadOnlyList<TrustPolicy> Policies { get; init; } = [];

    /// <summary>What windows and freezes say; null where nobody asked them.</summary>
    public CalendarFacts? Calendar { get; init; }

    /// <summary>Names of organisations that have to agree by the rules as they are now, and that the plan was made without.</summary>
    public IReadOnlyList<string> MissingParties { get; init; } = [];

    /// <summary>Those whom the plan names, as they stand now.</summary>
    public IReadOnlyList<Colleague> Colleagues { get; init; } = [];

    /// <summary>Whoever wants to start the run; null while nobody does.</summary>
    public Colleague? Starter { get; init; }

    /// <summary>How those stand that it starts after.</summary>
    public IReadOnlyList<PredecessorStanding> Predecessors { get; init; } = [];

    /// <summary>How its campaign stands; null where it belongs to none.</summary>
    public CampaignStanding? Campaign { get; init; }

    /// <summary>How the change stands that it names; null where it names none of a connected change tool.</summary>
    public ChangeStanding? Change { get; init; }
}

/// <param name="DeprecatedAt">Since when a newer version stands in its place; null while none does.</param>
/// <param name="WasSuspended">It was suspended when it was replaced.</param>
public sealed record ModelStanding(ModelVersionStatus Status, DateTimeOffset? DeprecatedAt, Digest Digest, bool WasSuspended = false);

/// <summary>The start gates: evaluated together, so that the page and a refusal name all of them.</summary>
public static partial class StartGates
{
    /// <summary>How long an approval holds before it must be given again (domain Appendix A).</summary>
    public static readonly TimeSpan ApprovalValidity = TimeSpan.FromDays(14);

    /// <summary>How long an approved plan may still run with a version that a newer one replaced (domain §2.1.4).</summary>
    public static readonly TimeSpan DeprecatedGrace = TimeSpan.FromDays(30);

    /// <summary>How much earlier than its slot a run may start, unless an organisation asked for a time of day.</summary>
    public static readonly TimeSpan SlotTolerance = TimeSpan.FromMinutes(15);

    public static IReadOnlyList<Gate> For(Deployment deployment, GateFacts facts, DateTimeOffset now) =>
    [
        Approvals(deployment, facts.Change, now),
        Alignment(deployment, facts, now),
        Model(deployment, facts.Model, now),
        new Gate(GateKind.Components, facts.RecalledVersions.Count == 0, facts.RecalledVersions.Count == 0
            ? "No planned version is recalled."
            : $"{Words.List(facts.RecalledVersions)} was recalled: plan another version."),
        TrustPolicies(deployment, facts.Policies, now),
        new Gate(GateKind.Targets, facts.RetiredTargets.Count == 0, facts.RetiredTargets.Count == 0
            ? $"{Words.Count(deployment.Plan.Targets.Count, "target")} in service."
            : $"{Words.List(facts.RetiredTargets)} was retired: edit the plan to leave it out."),
        InSlot(deployment, facts.Calendar, now),
        InWindow(deployment, facts.Calendar, now),
        Unfrozen(deployment, facts.Calendar, now),
        new Gate(GateKind.OpenHalt, facts.HaltedElsewhere.Count == 0, facts.HaltedElsewhere.Count == 0
            ? "Nothing is halted on these components here."
            : $"{Words.List(facts.HaltedElsewhere)} is halted on the same component in this environment: resolve it first."),
        Operator(deployment, facts, now),
        .. Dependencies(deployment, facts.Predecessors),
        .. Campaign(deployment, facts.Campaign),
        .. Conditions(deployment, facts.Calendar, now),
        .. Change(deployment, facts.Change, now),
    ];

    /// <summary>Whether the planned model version may be used now.</summary>
    public static Gate Model(Deployment deployment, ModelStanding model, DateTimeOffset now)
    {
        var name = $"Model {deployment.Plan.Model} v{deployment.Plan.ModelVersion}";
        if (deployment.Plan.Rehearsal is not null)
            return model.Status is ModelVersionStatus.InTest && model.Digest == deployment.Plan.ModelDigest
                ? new Gate(GateKind.Model, true, $"{name} is in test, and this rehearses it.")
                : new Gate(GateKind.Model, false, $"{name} is not the text any more that this was to rehearse: plan another rehearsal.");

        return model switch
        {
            { Status: ModelVersionStatus.Published or ModelVersionStatus.Deprecated } when deployment.Migration is { Decision: MigrationDecision.MustUpgrade } required =>
                new Gate(GateKind.Model, false, $"{required.By.Name} decided that v{required.ToVersion} has to be used: edit the plan, which takes it over."),
            { Status: ModelVersionStatus.Published } => new Gate(GateKind.Model, true, $"{name} may be used."),
            { Status: ModelVersionStatus.Deprecated, WasSuspended: true } => new Gate(GateKind.Model, false, $"{name} was suspended when it was replaced: edit the plan to use the published version."),
            { Status: ModelVersionStatus.Deprecated, DeprecatedAt: var since } when since is null || since + DeprecatedGrace >= now =>
                new Gate(GateKind.Model, true, since is null ? $"{name} may be used." : $"{name} was replaced; this plan may still run with it until {since + DeprecatedGrace:yyyy-MM-dd}."),
            { Status: ModelVersionStatus.Deprecated } => new Gate(GateKind.Model, false, $"{name} was replaced more than {DeprecatedGrace.TotalDays:0} days ago: edit the plan to use the published version."),
            _ => new Gate(GateKind.Model, false, $"{name} is {Words.Of(model.Status)}: edit the plan to use a published version."),
        };
    }

    /// <summary>A run under way keeps those with which it started; before, an approval counts only for what is demanded now. An end is no change: what is bound then fails where it is looked at.</summary>
    private static Gate TrustPolicies(Deployment deployment, IReadOnlyList<TrustPolicy> now, DateTimeOffset at)
    {
        if (deployment.Status is DeploymentStatus.InProgress or DeploymentStatus.Halted) return new Gate(GateKind.TrustPolicies, true, "The run keeps the trust policies with which it started.");
        if (PlannedPolicy.Changes(deployment.Plan.Policies, [.. now.Select(PlannedPolicy.Of)]) is { Count: > 0 } changes)
            return new Gate(GateKind.TrustPolicies, false, $"{string.Join(' ', changes)} Edit the plan and save it, so that it is approved as it will be verified.");

        var expired = now.Where(policy => policy.StateAt(at) is TrustPolicyState.Expired).Select(policy => $" But {TrustPolicyErrors.Expired(policy.Key, policy.Newest.Number, policy.Newest.ValidUntil, policy.Newest.Author.Name)}.");
        return new Gate(GateKind.TrustPolicies, true, now.Count == 0
            ? "No trust policy binds these components here."
            : $"The plan carries what {Words.List(now.Select(policy => $"{policy.Key} v{policy.Newest.Number}"))} {(now.Count == 1 ? "demands" : "demand")}.{string.Concat(expired)}");
    }

    private static Gate InSlot(Deployment deployment, CalendarFacts? calendar, DateTimeOffset now)
    {
        var slot = deployment.Slot;
        if (slot is null) return new Gate(GateKind.Slot, true, "On demand: may start at any time.");
        if (deployment.EarliestStart is { } earliest && now < earliest)
            return new Gate(GateKind.Slot, false, $"The slot starts at {slot.Start:yyyy-MM-dd HH:mm} UTC; a run may start from {earliest:yyyy-MM-dd HH:mm} on{(earliest > slot.Start - SlotTolerance ? ", by a condition of an organisation" : "")}.");
        if (now > slot.End && calendar?.InForce(deployment, now) is { ExpiresAt: { } expires } exception)
            return new Gate(GateKind.Slot, true, $"The slot ended at {slot.End:yyyy-MM-dd HH:mm} UTC; exception {exception.Number} allows it until {expires:yyyy-MM-dd HH:mm} UTC.");
        if (now > slot.End) return new Gate(GateKind.Slot, false, $"The slot ended at {slot.End:yyyy-MM-dd HH:mm} UTC: it needs a longer one or another.");
        return new Gate(GateKind.Slot, true, $"Inside the slot until {slot.End:yyyy-MM-dd HH:mm} UTC.");
    }
}
