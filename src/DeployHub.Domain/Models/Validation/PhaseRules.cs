namespace DeployHub.Domain.Models.Validation;

/// <summary>A-V10: each phase has its targets, threshold, soak and promotion; and its numbers are numbers.</summary>
internal static class PhaseRules
{
    public static IEnumerable<ModelRemark> Check(ModelContent model) =>
        [.. Numbers(model), .. model.Execute.Phases is PhaseList { Phases: var phases } ? [.. Names(phases), .. Soaks(model, phases), .. Targets(model, phases), .. Traffic(model, phases)] : (ModelRemark[])[]];

    private static IEnumerable<ModelRemark> Numbers(ModelContent model)
    {
        var execute = model.Execute;
        if (execute.Phases is Batches batches && model.ShareIn(batches.Size, atLeast: 1).Error is { } size) yield return Remark("phases.batches", size.Message);
        if (execute.MaxFailedTargets is { } most && model.ShareIn(most, atLeast: 0).Error is { } limit) yield return Remark("maxFailedTargets", limit.Message);
        if (model.DurationIn(execute.Soak).Error is { } soak) yield return Remark("soak", soak.Message);

        var budget = model.ShareIn(execute.FailureBudget, atLeast: 0);
        if (budget.Error is { } malformed) yield return Remark("failureBudget", malformed.Message);
        else if (budget.Value is { IsPercent: true, Number: >= 100 }) yield return Remark("failureBudget", "Allowing every target to fail is no success threshold: use less than 100%.");
    }

    private static IEnumerable<ModelRemark> Names(IReadOnlyList<PhaseDefinition> phases)
    {
        if (phases.Count == 0) yield return Remark("phases", "List at least one phase.");
        foreach (var twice in phases.GroupBy(phase => phase.Name).Where(same => same.Count() > 1))
            yield return Remark("phases", $"Two phases are called “{twice.Key}”: people speak of phases by name.");
        foreach (var (i, phase) in phases.Index())
            if (phase.Name.Trim().Length is 0 or > 100) yield return Remark($"phases[{i}].name", "Give the phase a name of 1 to 100 characters.");
    }

    private static IEnumerable<ModelRemark> Soaks(ModelContent model, IReadOnlyList<PhaseDefinition> phases)
    {
        foreach (var (i, phase) in phases.Index())
            if (phase.Soak is { } soak && model.DurationIn(soak).Error is { } malformed) yield return Remark($"phases[{i}].soak", malformed.Message);
    }

    private static IEnumerable<ModelRemark> Targets(ModelContent model, IReadOnlyList<PhaseDefinition> phases)
    {
        var reached = 0;
        foreach (var (i, phase) in phases.Index())
        {
            var choice = model.TargetsIn(phase.Targets);
            if (choice.Error is { } malformed) yield return Remark($"phases[{i}].targets", malformed.Message);
            if (choice is not { Error: null, Value: TargetChoice.UpTo({ Number: var share }) }) continue;

            if (share <= reached) yield return Remark($"phases[{i}].targets", $"Shares are cumulative: {share}% takes nothing more after {reached}%.");
            reached = Math.Max(reached, share);
        }

        if (reached is > 0 and < 100 && !phases.Any(phase => phase.Targets is "rest"))
            yield return Remark("phases", $"Shares end at 100: the last one is {reached}%, so add a phase with 100% or rest.");
    }

    private static IEnumerable<ModelRemark> Traffic(ModelContent model, IReadOnlyList<PhaseDefinition> phases)
    {
        var reached = 0;
        foreach (var (i, phase) in phases.Index())
        {
            if (phase.Traffic is not { } text) continue;

            var share = model.ShareIn(text, atLeast: 0);
            if (share.Error is { } malformed) yield return Remark($"phases[{i}].traffic", malformed.Message);
            else if (!share.Value.IsPercent) yield return Remark($"phases[{i}].traffic", $"Traffic is a share: write {text}%.");
            else if (share.Value.Number < reached) yield return Remark($"phases[{i}].traffic", $"Traffic only grows from phase to phase: {text} comes after {reached}%.");
            else reached = share.Value.Number;
        }

        if (phases.Any(phase => phase.Traffic is not null) && reached < 100)
            yield return Remark("phases", $"The traffic ends at {reached}%: the last phase gives all of it to the new version, 100%.");
    }

    private static ModelRemark Remark(string member, string sentence) => ModelRemark.InExecute(member, sentence);
}
