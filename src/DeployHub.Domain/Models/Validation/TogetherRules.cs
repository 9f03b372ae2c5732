using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

/// <summary>Steps that run together: neighbours, of which each can begin without the others and end without anybody else.</summary>
internal static class TogetherRules
{
    private const string Rule = "model.together";

    public static IEnumerable<ModelRemark> Check(ModelContent model, StepPlace place)
    {
        if (place.Step.Together is not { } group) yield break;
        if (!StepOutputs.IsName(group)) yield return Error(place, $"“{group}” is no name of a group: it begins with a letter or _, then letters, digits, _ and -, at most 50 of them.");
        if (place.List is StepList.Watch)
        {
            yield return Error(place, "checks that observe a phase all run at the same time as it is: take it away.");
            yield break;
        }

        var steps = model.StepsOf(place.List);
        var (first, last) = Bounds(steps, place.Index);
        if (place.Index == first && steps.Take(first).Any(step => step.Together == group))
            yield return Error(place, $"steps that run together follow each other, and another step stands between this one and the others of {group}: move it, or give the second group a name of its own.");
        else if (first == last && !steps.Skip(last + 1).Any(step => step.Together == group))
            yield return Error(place, $"no step beside it says together: {group}, so there is nothing that it could run together with.");

        if (place.Index == first && last - first >= StepDefinition.MostTogether)
            yield return Error(place, $"{last - first + 1} steps would run together, and at most {StepDefinition.MostTogether} may: they share one connection to the target.");
        if (place.Step.Runs != steps[first].Runs)
            yield return place.Error(Rule, "runs", $"steps that run together run in the same case, and “{steps[first].Name}” has runs: {steps[first].Runs}.");
        if (place.Step.Settings.WaitsForOthers)
            yield return Error(place, $"{StepKinds.Of(place.Step.Settings)} waits for somebody outside, and a group ends by what its worker does: let it stand alone, before or after the group.");
    }

    /// <summary>Whether the step at <paramref name="other"/> runs together with the one at <paramref name="index"/>.</summary>
    public static bool AreTogether(IReadOnlyList<StepDefinition> steps, int index, int other) =>
        steps[index].Together is not null && Bounds(steps, index) is var (first, last) && other >= first && other <= last;

    /// <summary>Where the group of a step begins and ends in its list.</summary>
    private static (int First, int Last) Bounds(IReadOnlyList<StepDefinition> steps, int index)
    {
        var (first, last) = (index, index);
        while (first > 0 && steps[first - 1].Together == steps[index].Together) first--;
        while (last < steps.Count - 1 && steps[last + 1].Together == steps[index].Together) last++;
        return (first, last);
    }

    private static ModelRemark Error(StepPlace place, string sentence) => place.Error(Rule, "together", sentence);
}
