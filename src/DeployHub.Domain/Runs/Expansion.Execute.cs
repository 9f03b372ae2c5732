using DeployHub.Domain.Models;

namespace DeployHub.Domain.Runs;

/// <summary>Execute: what every phase does on its targets, once for itself, and while it is observed.</summary>
public sealed partial class Expansion
{
    private void Execute()
    {
        var definition = model.Execute;
        var divided = PhaseDivision.Divide(definition.Phases, targets, Filled);
        if (divided.Error is { } cannot) _refusals.Add(cannot.Message);
        var phases = divided.Error is null ? divided.Value : [];
        var budget = ShareOf(definition.FailureBudget);
        var runs = phases.Select((planned, index) => PhaseOf(planned, index + 1, QuotaOf(planned.Targets.Count) is { } quota ? planned.Targets.Count - quota : budget.Allowed(planned.Targets.Count))).ToList();
        _stages.Add(new StageRun(Stage.Execute, runs)
        {
            MaxFailedTargets = definition.MaxFailedTargets is { } most ? ShareOf(most).Allowed(targets.Count) : null,
            AtWindowEnd = definition.AtWindowEnd,
            AlreadyThere = DeployAgain ? AlreadyThere.DeployAgain : definition.AlreadyThere,
        });

        foreach (var (planned, phase) in phases.Zip(runs))
        {
            foreach (var target in planned.Targets) Add(Stage.Execute, phase.Number, target.Name, target, Executed(target, phase));
            if (definition.Switch.Count > 0 && Brought.Count > 0) AddOnce(phase, definition.Switch, PhasePart.Switch, environment);
            foreach (var check in Brought.Count > 0 ? definition.Watch : []) AddOnce(phase, [check], PhasePart.Watch, check.Name);
        }
    }

    private PhaseRun PhaseOf(PlannedPhase planned, int number, int budget)
    {
        var definition = planned.Definition;
        return new PhaseRun(number, definition.Name, budget)
        {
            Quota = QuotaOf(planned.Targets.Count),
            Traffic = definition.Traffic is { } traffic ? ShareOf(traffic).Number : null,
            Soak = LengthOf(definition.Soak ?? model.Execute.Soak),
            Promotion = definition.Promotion ?? model.Execute.Promotion,
            OnBreach = model.Execute.OnBreach,
        };
    }

    /// <summary>Rounded down, at least one (domain §2.5); null where workers bring the versions.</summary>
    private int? QuotaOf(int targets) => model.Execute.Distribution is Distribution.Pull ? Math.Min(targets, ShareOf(model.Execute.Quota ?? "95%").BatchSize(targets)) : null;

    private Share ShareOf(string text)
    {
        var share = Share.Parse(Filled(text));
        if (share.Error is { } malformed) _refusals.Add(malformed.Message);
        return share.Error is null ? share.Value : default;
    }

    private TimeSpan LengthOf(string text)
    {
        var length = Duration.Parse(Filled(text));
        if (length.Error is { } malformed) _refusals.Add(malformed.Message);
        return length.Error is null ? length.Value : default;
    }

    private void AddOnce(PhaseRun phase, IReadOnlyList<StepDefinition> steps, PhasePart part, string subject) =>
        _targetRuns.Add(TargetRun.Plan(Stage.Execute, phase.Number, _targetRuns.Count, subject, null, Steps(steps, Brought, null, phase), part));
}
