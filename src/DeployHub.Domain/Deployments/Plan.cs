using System.Text.Json;
using System.Text.Json.Serialization;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Deployments.Deviating;
using DeployHub.Domain.Deployments.Relations;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;

namespace DeployHub.Domain.Deployments;

/// <summary>A component version as the plan binds it: by digest, never by label alone.</summary>
/// <param name="Component">The component's key.</param>
/// <param name="VersionId">Null where the component is to be absent (domain §2.4.2).</param>
public sealed record PlannedVersion(ComponentId ComponentId, string Component, ComponentKind Kind, ComponentVersionId? VersionId, string Label, Digest Digest)
{
    /// <summary>The component is to be absent.</summary>
    public static PlannedVersion Absent(ComponentId component, string key, ComponentKind kind) => new(component, key, kind, null, WatchedFact.Absent, Digest.OfText(""));

    [JsonIgnore]
    public bool IsRemoval => VersionId is null;

    /// <summary>As people and programs say it when they plan, such as <c>web@1.2.0</c>, or <c>web@absent</c> for a removal.</summary>
    [JsonIgnore]
    public string Reference => $"{Component}@{Label}";

    /// <summary>Such as “web 1.2.0” or “removal of web”.</summary>
    [JsonIgnore]
    public string InWords => IsRemoval ? $"removal of {Component}" : $"{Component} {Label}";
}

/// <summary>A target, resolved when the plan was made and frozen since.</summary>
public sealed record PlannedTarget(TargetId Id, string Name);

/// <summary>The planned start and end of a deployment.</summary>
public sealed record Slot(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>Nobody promises anything so far ahead, and windows and freezes are known no further.</summary>
    public static DateTimeOffset Furthest(DateTimeOffset at) => at.AddYears(5);
}

/// <summary>What a rehearsal is to show (domain A3).</summary>
/// <param name="FailAt">Name of the Execute step that is made to fail until the run has halted; null where a person says that it failed, or nothing shall.</param>
public sealed record PlannedRehearsal(RehearsalCase Case, string? FailAt = null);

/// <summary>What, where and how of a deployment. Immutable: an edit makes another plan, and its digest tells whether it is materially so.</summary>
public sealed record Plan
{
    /// <summary>Deployed in this order on every target; what is to be absent is removed after that.</summary>
    public required IReadOnlyList<PlannedVersion> Versions { get; init; }

    /// <summary>Who decided that components are retired; null where the plan removes none.</summary>
    public PlannedRemoval? Removal { get; init; }

    /// <summary>Key of the environment.</summary>
    public required string Environment { get; init; }

    public required Tier Tier { get; init; }

    public required bool IsLive { get; init; }

    public required IReadOnlyList<PlannedTarget> Targets { get; init; }

    /// <summary>Slug of the model.</summary>
    public required string Model { get; init; }

    public required int ModelVersion { get; init; }

    public required Digest ModelDigest { get; init; }

    /// <summary>Only what differs from the model's defaults.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Those of them that leave the model's bounds; null for none.</summary>
    public IReadOnlyList<PlannedDeviation>? Deviations { get; init; }

    /// <summary>What the model reads of the service's variables, as it was when the plan was made.</summary>
    public IReadOnlyList<PlannedVariable> Variables { get; init; } = [];

    /// <summary>The trust policies that bind it, as they were when the plan was made.</summary>
    public IReadOnlyList<PlannedPolicy> Policies { get; init; } = [];

    /// <summary>The organisations that have to agree before a run starts.</summary>
    public IReadOnlyList<PlannedParty> Parties { get; init; } = [];

    public required RollbackMethod RollbackMethod { get; init; }

    /// <summary>The model's places for people; null when it has none. Who is in them is not material, and not here.</summary>
    public IReadOnlyList<RoleSlot>? Roles { get; init; }

    /// <summary>Approvals that the model asks for in this tier and category; null for none. Its digest holds them.</summary>
    public IReadOnlyList<ApproverQuality>? AskedByModel { get; init; }

    public ChangeCategory Category { get; init; }

    public ReasonCode Reason { get; init; }

    /// <summary>Also to targets that have every version already, whatever the model says of them.</summary>
    public bool DeployAgain { get; init; }

    /// <summary>The incident or security notice that an emergency is for, such as <c>INC-77</c>; null for none.</summary>
    public string? Incident { get; init; }

    /// <summary>How grave the incident is: 1 is the gravest, 4 the least; null where nobody said.</summary>
    public int? IncidentSeverity { get; init; }

    /// <summary>The change under which it happens, as a change tool calls it; null for none.</summary>
    public string? ChangeReference { get; init; }

    /// <summary>It tries out a model version that is not published yet; null for a real deployment.</summary>
    public PlannedRehearsal? Rehearsal { get; init; }

    /// <summary>Whether people start it or its slot does.</summary>
    public StartMode Start { get; init; }

    /// <summary>Deployments that have to come first.</summary>
    public IReadOnlyList<Predecessor> After { get; init; } = [];

    /// <summary>It took every target that was in service when it was planned. Not material: the list itself is.</summary>
    public bool TakesEveryTarget { get; init; }

    /// <summary>SHA-256 over canonical JSON of the material fields (domain §2.4.2): what approvals bind to.</summary>
    [JsonIgnore]
    public Digest Digest => Digest.OfText(JsonSerializer.Serialize(new
    {
        Versions = Versions.Select(version => new { version.Component, version.Label, Digest = version.Digest.ToString() }),
        Environment,
        Targets = Targets.Select(target => target.Name).Order(StringComparer.Ordinal),
        Model,
        ModelDigest = ModelDigest.ToString(),
        Parameters = Parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal).Select(parameter => new { parameter.Key, parameter.Value }),
        Deviations = Deviations is not { Count: > 0 } deviating ? null : deviating.OrderBy(deviation => deviation.Parameter, StringComparer.Ordinal).Select(deviation => new { deviation.Parameter, deviation.Reason }), // left out otherwise: plans without keep their digests
        RollbackMethod = RollbackMethod.ToString(),
        Category = Category.ToString(),
        Reason = Reason.ToString(),
        Variables = Variables.Count == 0 ? null : Variables.Select(variable => new { variable.Name, variable.Value, variable.Targets, variable.IsForAll }), // left out as well
        Policies = Policies.Count == 0 ? null : Policies.Select(policy => new { policy.Policy, Demands = policy.Demands.ToString() }), // left out as well
        Incident, // left out otherwise, like the two below
        IncidentSeverity,
        ChangeReference,
        Parties = Parties.Count == 0 ? null : Parties.Select(party => party.Key).Order(StringComparer.Ordinal), // left out as well
        Roles = Roles is not { Count: > 0 } slots ? null : slots.Select(slot => new { slot.Name, Role = slot.Role.ToString(), slot.Qualification, slot.People, slot.Optional, slot.DiffersFrom }), // left out as well
        Removal, // left out where nothing is removed
        DeployAgain = DeployAgain ? "yes" : null, // left out otherwise: plans from before it keep their digests
        Start = Start is StartMode.ByPeople ? null : Start.ToString(), // left out as well
        After = After.Count == 0 ? null : After.OrderBy(predecessor => predecessor.Number, StringComparer.Ordinal).Select(predecessor => new { predecessor.Number, Until = predecessor.Until.ToString() }), // left out as well
        Rehearsal = Rehearsal is null ? null : new { Case = Rehearsal.Case.ToString(), Rehearsal.FailAt },
    }, Material));

    private static readonly JsonSerializerOptions Material = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Of what it brings; what is to be absent has none.</summary>
    [JsonIgnore]
    public IReadOnlyList<ComponentVersionId> VersionIds => [.. Versions.Select(version => version.VersionId).OfType<ComponentVersionId>()];

    /// <summary>It brings nothing, and only takes components away.</summary>
    [JsonIgnore]
    public bool OnlyRemoves => Versions.Count > 0 && Versions.All(version => version.IsRemoval);

    /// <summary>What it brings and removes, such as “web 1.2.0 and removal of api”.</summary>
    [JsonIgnore]
    public string InWords => Words.List(Versions.OrderBy(version => version.IsRemoval).Select(version => version.InWords));

    /// <summary>The same with a place, such as “web 1.2.0 to Production”, “Removal of api from Production” or “web 1.2.0 to Production with removal of api”.</summary>
    public string InWordsAt(string place)
    {
        var coming = Words.List(Versions.Where(version => !version.IsRemoval).Select(version => version.InWords));
        var going = Words.List(Versions.Where(version => version.IsRemoval).Select(version => version.Component));
        return (coming, going) switch
        {
            (_, "") => $"{coming} to {place}",
            ("", _) => $"Removal of {going} from {place}",
            _ => $"{coming} to {place} with removal of {going}",
        };
    }

    /// <summary>Null when the model has no such slot.</summary>
    public RoleSlot? RoleSlotOf(string name) => (Roles ?? []).FirstOrDefault(slot => slot.Name == name);

    /// <summary>Fewer targets, or a start after more others, and nothing else: a narrowing edit keeps approvals (domain §2.4.2).</summary>
    public bool Narrows(Plan before) =>
        (Targets.Count < before.Targets.Count || After.Count > before.After.Count)
        && Targets.All(target => before.Targets.Any(earlier => earlier.Id == target.Id))
        && before.After.All(After.Contains)
        && (this with { Targets = before.Targets, Variables = before.Variables, After = before.After }).Digest == before.Digest
        && Digest == (this with { Variables = PlannedVariable.Of(before.Variables, [.. Targets.Select(target => target.Name)]) }).Digest;

    /// <summary>It takes the same versions as another plan to all of these targets.</summary>
    public bool TakesSameTo(Plan other, IReadOnlyCollection<string> targets) =>
        Versions.Select(version => (version.ComponentId, version.VersionId)).ToHashSet().SetEquals(other.Versions.Select(version => (version.ComponentId, version.VersionId)))
        && targets.All(name => Targets.Any(target => target.Name == name));
}
