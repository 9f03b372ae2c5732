namespace DeployHub.Domain.Models.Validation;

/// <summary>A-V10: the phases are what the approach promises, each with its targets, threshold, soak and promotion; and its numbers are numbers.</summary>
internal static class PhaseRules
{
    public static IEnumerable<ModelRemark> Check(ModelContent model) =>
        [.. Numbers(model), .. model.Execute.Phases is PhaseList list ? Listed(model, list.Phases) : [], .. Approach(model), .. Traffic(model)];

    private static IEnumerable<ModelRemark> Numbers(ModelContent model)
    {
        var execute = model.Execute;
        if (execute.Phases is Batches batches && Malformed(model, batches.Size, atLeast: 1) is { } size) yield return Error("phases.batches", size);
        if (Malformed(model, execute.FailureBudget, atLeast: 0) is { } budget) yield return Error("failureBudget", budget);
        if (execute.MaxFailedTargets is { } most && Malformed(model, most, atLeast: 0) is { } limit) yield return Error("maxFailedTargets", limit);
        if (MalformedSoak(model, execute.Soak) is { } soak) yield return Error("soak", soak);
        if (Share.Parse(model.WithDefaults(execute.FailureBudget)) is { Error: null, Value: { IsPercent: true, Number: >= 100 } })
            yield return Error("failureBudget", "Allowing every target to fail is no success threshold: use less than 100%.");
    }

    private static IEnumerable<ModelRemark> Listed(ModelContent model, IReadOnlyList<PhaseDefinition> phases)
    {
        if (phases.Count == 0) yield return Error("phases", "List at least one phase.");
        foreach (var twice in phases.GroupBy(phase => phase.Name).Where(same => same.Count() > 1))
            yield return Error("phases", $"Two phases are called “{twice.Key}”: people speak of phases by name.");

        var (reached, traffic) = (0, 0);
        for (var i = 0; i < phases.Count; i++)
        {
            var (phase, path) = (phases[i], $"phases[{i}]");
            if (phase.Name.Trim().Length is 0 or > 100) yield return Error($"{path}.name", "Give the phase a name of 1 to 100 characters.");
            if (phase.Soak is { } soak && MalformedSoak(model, soak) is { } sentence) yield return Error($"{path}.soak", sentence);

            var choice = StrangeName(model, phase.Targets) is { } strange ? new Domain.Error(ErrorKind.Invalid, "", strange) : TargetChoice.Parse(model.WithDefaults(phase.Targets));
            if (choice.Error is { } malformed) yield return Error($"{path}.targets", malformed.Message);
            else if (choice.Value is TargetChoice.UpTo(var share))
            {
                if (share.Number <= reached) yield return Error($"{path}.targets", $"Shares are cumulative (domain §2.5): {share.Number}% takes nothing more after {reached}%.");
                reached = Math.Max(reached, share.Number);
            }

            if (phase.Traffic is not { } text) continue;
            if (Malformed(model, text, atLeast: 0) is { } bad) yield return Error($"{path}.traffic", bad);
            else if (Share.Parse(model.WithDefaults(text)).Value is { IsPercent: false }) yield return Error($"{path}.traffic", $"Traffic is a share: write {text}%.");
            else if (Share.Parse(model.WithDefaults(text)).Value.Number < traffic) yield return Error($"{path}.traffic", $"Traffic only grows from phase to phase: {text} comes after {traffic}%.");
            else traffic = Share.Parse(model.WithDefaults(text)).Value.Number;
        }

        if (reached is > 0 and < 100 && !phases.Any(phase => phase.Targets is "rest")) yield return Error("phases", $"Shares end at 100 (domain §2.5): the last one is {reached}%, so add a phase with 100% or rest.");
        if (phases.Any(phase => phase.Traffic is not null) && traffic is < 100) yield return Error("phases", $"The traffic ends at {traffic}%: the last phase gives all of it to the new version, 100%.");
    }

    private static IEnumerable<ModelRemark> Approach(ModelContent model)
    {
        var (approach, execute) = (model.Approach, model.Execute);
        var phases = (execute.Phases as PhaseList)?.Phases ?? [];
        if (approach is Models.Approach.Rolling && execute.Phases is AllAtOnce)
            yield return Error("phases", "A rolling deployment goes in batches: write phases: { batches: 2 } or { batches: 25% }.");
        if (approach is Models.Approach.BigBang && execute.Phases is not AllAtOnce)
            yield return Error("phases", "A big bang takes all targets in one phase: write phases: all-at-once, or make the approach Rolling or Phased.");
        if (approach is Models.Approach.Phased or Models.Approach.Ring or Models.Approach.Canary or Models.Approach.BlueGreen && phases.Count < 2)
            yield return Error("phases", $"{Words.Title(approach)} needs a list of two phases or more, such as - {{ name: First, targets: 10%, soak: 30m }}.");

        if (approach is Models.Approach.Ring && phases.SkipLast(1).Any(phase => phase.Soak is null && execute.Soak == "0s"))
            yield return Error("phases", "Rings rise in risk, so each but the last is observed for a while: give it a soak.");
        if (approach is Models.Approach.Canary && execute.Watch.Count == 0)
            yield return Error("watch", "A canary is compared with the rest before more follow: add a check to watch, such as check-metric.");
        if (approach is Models.Approach.BlueGreen && execute.Switch.Count == 0)
            yield return Error("switch", "Blue/green deploys beside what runs and then switches: say in switch how the traffic is moved.");
        if (approach is Models.Approach.Pull)
            yield return new ModelRemark("A-V10", "approach", Severity.Error, "Pull needs targets that fetch by themselves and report, which a model cannot describe yet. Use another approach.");
        if (execute.Watch.Count > 0 && execute.Soak == "0s" && phases.All(phase => phase.Soak is null))
            yield return new ModelRemark("A-V10", "stages.execute.soak", Severity.Warning, "The checks in watch look only once, because no phase soaks: give the phases a soak such as 10m.");
    }

    private static IEnumerable<ModelRemark> Traffic(ModelContent model)
    {
        var shifts = (model.Execute.Phases as PhaseList)?.Phases.Any(phase => phase.Traffic is not null) == true;
        if (shifts && model.Execute.Switch.Count == 0) yield return Error("switch", "Phases give shares of the traffic, so say here how the traffic is shifted.");
        if (model.Execute.Switch.Count > 0 && model.Rollback is { IsPossible: true, Switch: not { Count: > 0 } })
            yield return new ModelRemark("A-V5", "rollback.switch", Severity.Error, "The phases shift traffic, so say here how it goes back; this is done before any target.");
    }

    private static string? MalformedSoak(ModelContent model, string text) =>
        StrangeName(model, text) ?? Duration.Parse(model.WithDefaults(text)).Error?.Message;

    private static string? Malformed(ModelContent model, string text, int atLeast)
    {
        if (StrangeName(model, text) is { } strange) return strange;

        var share = Share.Parse(model.WithDefaults(text));
        if (share.Error is { } malformed) return malformed.Message;
        return share.Value.Number < atLeast ? $"“{text}” must be at least {atLeast}." : null;
    }

    private static string? StrangeName(ModelContent model, string text)
    {
        if (Template.NamesIn(text).FirstOrDefault(name => !name.StartsWith("parameter.", StringComparison.Ordinal)) is { } name)
            return $"Only parameters can be used here, not ${{{name}}}.";
        return Template.NamesIn(text).Select(used => used["parameter.".Length..]).FirstOrDefault(used => model.Parameters.All(parameter => parameter.Name != used)) is { } unknown
            ? $"There is no parameter {unknown}."
            : null;
    }

    private static ModelRemark Error(string member, string sentence) => new("A-V10", $"stages.execute.{member}", Severity.Error, sentence);
}
