using System.Globalization;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Manifests;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Runs;

/// <summary>
/// Turns a model, a plan's adaptations and the resolved targets into everything a run will do, once, when it starts. Nobody edits
/// a model under a running deployment.
/// </summary>
public sealed partial class Expansion(
    string deployment, string environment, ModelContent model, IReadOnlyDictionary<string, string> parameters,
    IReadOnlyList<MovedVersion> versions, IReadOnlyList<RunTarget> targets)
{
    private const int MostNamed = 3;

    private readonly List<StageRun> _stages = [];
    private readonly List<TargetRun> _targetRuns = [];
    private readonly List<string> _refusals = [];

    /// <summary>What nothing fills, and the targets where it is so.</summary>
    private readonly Dictionary<string, List<string>> _unfilled = [];
    private readonly Dictionary<StepDefinition, IReadOnlyList<string>> _namesRead = new(ReferenceEqualityComparer.Instance);

    /// <summary>The plan wants the versions on every target, whatever the model says of those that have them.</summary>
    public bool DeployAgain { get; init; }

    /// <summary>Key of the environment in which the versions must have succeeded before, by the environment's policy; null for none.</summary>
    public string? PromotionSource { get; init; }

    /// <summary>The service's variables as the plan resolved them where no target is at hand.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Content manifests by version, for what looks before anything is touched.</summary>
    public IReadOnlyDictionary<ComponentVersionId, IReadOnlyDictionary<string, string>> Manifests { get; init; } = new Dictionary<ComponentVersionId, IReadOnlyDictionary<string, string>>();

    /// <summary>The Execute step that a rehearsal makes fail; null in a real run.</summary>
    public string? FailAt { get; init; }

    /// <summary>Among whom readers are found; only needed where the model asks for confirmations.</summary>
    public IReadOnlyList<KnownPerson> People { get; init; } = [];

    /// <summary>Who acknowledged the versions that those of the plan declare to change (domain J12).</summary>
    public IReadOnlyList<KnownAcknowledgement> Acknowledged { get; init; } = [];

    /// <summary>Those who may not be the only ones to accept; empty where the environment is not live.</summary>
    public IReadOnlyList<Actor> Planners { get; init; } = [];

    public IReadOnlyList<StageRun> Stages => _stages;

    public IReadOnlyList<TargetRun> TargetRuns => _targetRuns;

    /// <summary>Expands all four stages, or refuses with <c>run.cannot-expand</c> naming every name that nothing fills.</summary>
    public Result Expand()
    {
        VerifyComponents();
        VerifyOnEachTarget(Stage.VerifyEnvironment, target => NeverEmpty(Steps(EnvironmentChecks, Brought, target), target));
        Execute();
        VerifyOnEachTarget(Stage.VerifyDeployment, Verified);

        return IsRefused ? CannotExpand() : Result.Success;
    }

    private bool IsRefused => _refusals.Count > 0 || _unfilled.Count > 0;

    private Error CannotExpand() => new(ErrorKind.Conflict, "run.cannot-expand", string.Join(' ', [.. _refusals.Distinct(), .. _unfilled.Select(unfilled => Unfilled(unfilled.Key, unfilled.Value))]));

    /// <summary>Whoever reads it looks for the targets, of which there may be hundreds.</summary>
    private static string Unfilled(string sentence, List<string> on) => on.Count == 0
        ? sentence
        : $"{sentence.TrimEnd('.')} on {(on.Count > MostNamed + 1 ? $"{string.Join(", ", on.Take(MostNamed))} and {on.Count - MostNamed} other targets" : Words.List(on))}.";

    private void VerifyComponents()
    {
        _stages.Add(new StageRun(Stage.VerifyComponents, [new PhaseRun(1, "All component versions", 0)]));
        foreach (var version in Brought)
        {
            var asked = Steps(ComponentChecks, [version], null);
            Add(Stage.VerifyComponents, 1, version.Planned, null, [.. asked, .. TrustPolicySteps(version, asked.Count)]);
        }

        foreach (var version in Removed) Add(Stage.VerifyComponents, 1, version.Planned, null, Steps([MayBeRemoved], [version], null));
    }

    /// <summary>What the environment's policy asks for is looked at, whoever wrote the model.</summary>
    private IReadOnlyList<StepDefinition> ComponentChecks => PromotionSource is null || model.VerifyComponents.Any(AlwaysAsksForPromotion)
        ? model.VerifyComponents
        : [.. model.VerifyComponents, new StepDefinition($"Succeeded in {PromotionSource}", new CheckPromotion()) { Timeout = "1m" }];

    /// <summary>Another environment, a condition or going on after a failure would be ways around the policy.</summary>
    private bool AlwaysAsksForPromotion(StepDefinition step) =>
        step is { When: null, Runs: StepRuns.OnSuccess, IfItFails: IfItFails.Halt, Settings: CheckPromotion check } && (check == new CheckPromotion() || check.From == PromotionSource);

    private void VerifyOnEachTarget(Stage stage, Func<RunTarget, IReadOnlyList<StepRun>> steps)
    {
        _stages.Add(new StageRun(stage, [new PhaseRun(1, "All targets", 0)]));
        foreach (var target in targets)
            Add(stage, 1, target.Name, target, steps(target));
    }

    private void Add(Stage stage, int phase, string subject, RunTarget? target, IReadOnlyList<StepRun> steps) =>
        _targetRuns.Add(TargetRun.Plan(stage, phase, _targetRuns.Count, subject, target, steps));

    /// <summary>Steps that speak of a version, or use what such a step says, are done once for each version, in the plan's order; the others once, and even where there is none.</summary>
    /// <param name="after">How many steps come before them.</param>
    private List<StepRun> Steps(IReadOnlyList<StepDefinition> definitions, IReadOnlyList<MovedVersion?> moved, RunTarget? target, PhaseRun? phase = null, int after = 0)
    {
        var (steps, saidForEach) = (new List<StepRun>(), new HashSet<string>());
        var (together, group) = ((string?)null, (int?)null);
        foreach (var definition in definitions)
        {
            if (definition.Together != together) (together, group) = (definition.Together, definition.Together is null ? null : after + steps.Count + 1);
            var isForEach = IsAboutAVersion(definition) || NamesReadBy(definition).Any(name => StepOutputs.IsOutput(name) && StepOutputs.Parse(name) is { } used && saidForEach.Contains(used.Key));
            if (isForEach && definition.Key is { } key) saidForEach.Add(key);
            foreach (var version in isForEach ? moved : [moved.Count > 0 ? moved[0] : null])
                steps.Add(Step(after + steps.Count + 1, group, definition, moved.Count > 1 && isForEach, version, Values(version, target, phase)));
        }

        foreach (var beside in steps.Where(step => step.Group is not null).GroupBy(step => step.Group)) CheckTogether([.. beside], target?.Name ?? environment);
        return steps;
    }

    /// <summary>What only shows when everything is filled: a step for each of many versions, or two that change the same.</summary>
    private void CheckTogether(List<StepRun> group, string subject)
    {
        if (group.Count > StepDefinition.MostTogether) _refusals.Add($"“{group[0].Name}” and {group.Count - 1} others would run together on {subject}, and at most {StepDefinition.MostTogether} steps may.");
        foreach (var same in group.SelectMany(step => step.Settings.Changes, (step, what) => (step.Name, What: what)).GroupBy(change => change.What).Where(same => same.Count() > 1))
            _refusals.Add($"{Words.List(same.Select(change => $"“{change.Name}”"))} would run together on {subject} and all change {same.Key}: let them follow each other.");
    }

    private StepRun Step(int number, int? group, StepDefinition definition, bool nameVersion, MovedVersion? version, Dictionary<string, string> values)
    {
        var named = nameVersion ? definition with { Name = $"{definition.Name} ({version?.Component})" } : definition;
        var difference = version?.VersionId is { } id && Manifests.TryGetValue(id, out var manifest) ? ChangeNote.In(manifest) : null;
        var step = StepRun.From(number, group, named, Fill(definition.Settings, values), definition.Probe is { } probe ? Fill(probe, values) : null, values, version?.VersionId, difference);
        if (step.Settings is AsksPeople asks && version is not null) step.Readers = ReadersOf(asks, version, step.Difference);
        return step;
    }

    private IReadOnlyList<Reader> ReadersOf(AsksPeople settings, MovedVersion version, ChangeNote? difference)
    {
        var readers = Readership.Of(settings, People, Planners);
        if (readers.Error is { } unknown) _refusals.Add(unknown.Message);
        return readers.Error is not null ? [] : difference is null ? readers.Value : [.. readers.Value.Select(reader => reader with { Earlier = EarlierOf(reader.Person, version, difference) })];
    }

    /// <summary>The last time somebody acknowledged the version that this one changes.</summary>
    private EarlierAcknowledgement? EarlierOf(Actor person, MovedVersion version, ChangeNote difference) =>
        Acknowledged.Where(known => known.Component == version.ComponentId && known.Person.Is(person) && known.Earlier.Label == difference.Since).Select(known => known.Earlier).MaxBy(earlier => earlier.At);

    /// <summary>Found once for all targets.</summary>
    private IReadOnlyList<string> NamesReadBy(StepDefinition definition) =>
        _namesRead.TryGetValue(definition, out var names) ? names : _namesRead[definition] = [.. definition.NamesRead];

    private bool IsAboutAVersion(StepDefinition definition) =>
        definition.Settings is Upload or DeployToKubernetes { File: not null } or ComponentCheck or CheckVersion or CheckFile or Acknowledge
        || NamesReadBy(definition).Any(name => name.StartsWith("version.", StringComparison.Ordinal) || name.StartsWith("component.", StringComparison.Ordinal));

    private StepSettings Fill(StepSettings settings, Dictionary<string, string> values)
    {
        var filled = Template.Fill(settings, values);
        if (filled.Error is { } unknown) NotFilled(unknown.Message, values.GetValueOrDefault("target.name"));
        return filled.Error is null ? filled.Value : settings;
    }

    private void NotFilled(string sentence, string? target)
    {
        if (!_unfilled.TryGetValue(sentence, out var on)) _unfilled[sentence] = on = [];
        if (target is not null && !on.Contains(target)) on.Add(target);
    }

    private string Filled(string text) => Template.Fill(text, Values(null, null, null), new List<string>());

    /// <summary>Every name that has a value there; <see cref="Placeholder"/> tells of them.</summary>
    internal Dictionary<string, string> Values(MovedVersion? version, RunTarget? target, PhaseRun? phase)
    {
        var values = new Dictionary<string, string> { ["deployment.number"] = deployment, ["environment.key"] = environment, [Template.PromotionSource] = PromotionSource ?? "" };
        foreach (var parameter in model.Parameters) values[$"parameter.{parameter.Name}"] = parameters.GetValueOrDefault(parameter.Name, parameter.Default);
        foreach (var (name, value) in target?.Variables ?? Variables) values[$"variable.{name}"] = value;
        if (target is not null)
        {
            foreach (var (name, value) in target.Labels) values[$"target.label.{name}"] = value;
            foreach (var (name, value) in target.Values) values[$"target.{name}"] = value;
            values["target.name"] = target.Name;
        }

        if (phase is not null)
        {
            values["phase.name"] = phase.Name;
            values["phase.number"] = phase.Number.ToString(CultureInfo.InvariantCulture);
            var traffic = phase.Traffic ?? (phase.IsRollback ? 0 : 100);
            values["phase.traffic"] = traffic.ToString(CultureInfo.InvariantCulture);
            values["phase.otherTraffic"] = (100 - traffic).ToString(CultureInfo.InvariantCulture);
        }

        if (version is not null) values["component.key"] = version.Component;
        if (version?.VersionId is { } id)
        {
            values["version.label"] = version.Label;
            values["version.digest"] = version.Digest.ToString();
            foreach (var (name, value) in Manifests.GetValueOrDefault(id) ?? new Dictionary<string, string>())
                if (!value.Contains("${", StringComparison.Ordinal)) values[$"{Template.Manifest}{name}"] = value; // else whoever registers a version could name a secret
        }

        return values;
    }
}
