namespace DeployHub.Domain.Models.Validation;

/// <summary>What steps say for those after them, and that nothing is used that can never be there.</summary>
internal static class OutputRules
{
    private const string Rule = "model.output";
    private const string Name = "begins with a letter or _, then letters, digits, _ and -, at most 50 of them";

    public static IEnumerable<ModelRemark> Check(ModelContent model, StepPlace place)
    {
        var step = place.Step;
        if (step.Key is { } key && !StepOutputs.IsName(key)) yield return place.Error(Rule, "key", $"“{key}” is no key: it {Name}.");
        if (step.Key is { } twice && model.StepsOf(place.List).Take(place.Index).Any(other => other.Key == twice)) yield return place.Error(Rule, "key", $"another step before it has the key {twice}.");

        var said = step.Settings.OutputNames.ToList();
        if (said.Find(output => !StepOutputs.IsName(output)) is { } wrong) yield return place.Error(Rule, "with.outputs", $"“{wrong}” is no name of an output: it {Name}.");
        if (said.GroupBy(output => output).FirstOrDefault(same => same.Count() > 1) is { } same) yield return place.Error(Rule, "with.outputs", $"{same.Key} stands there twice.");
        if (said.Count > StepOutputs.Most) yield return place.Error(Rule, "with.outputs", $"a step says at most {StepOutputs.Most} outputs.");
        if (step.Settings is Steps.AsksPeople && Template.NamesIn(step.Settings).Any(StepOutputs.IsOutput)) yield return place.Error(Rule, "with", "readers are asked about what is known when the run starts, so no output can stand here.");
        if (step is { Key: null, Settings: not Steps.ManualWork } && said.Count > 0) yield return place.Warning(Rule, "key", "no step can use its outputs, because it has no key.");
    }

    /// <summary>Why an output can never be there, in a sentence; null when it can.</summary>
    public static string? NeverThere(ModelContent model, StepPlace place, string name)
    {
        if (StepOutputs.Parse(name) is not var (key, output)) return $"${{{name}}} is not written ${{step.key.output}}.";
        if (place.List is StepList.Watch) return $"${{{name}}} has no value here: checks that observe a phase run beside each other.";

        var steps = model.StepsOf(place.List);
        if (steps.Index().FirstOrDefault(step => step.Item.Key == key && step.Index != place.Index && TogetherRules.AreTogether(steps, place.Index, step.Index)).Item is { } beside)
            return $"“{beside.Name}” runs together with this step, so ${{{name}}} has no value yet.";

        var said = steps.Take(place.Index).LastOrDefault(step => step.Key == key);
        if (said is null)
            return steps.Any(step => step.Key == key) ? $"the step {key} does not come before this one, so ${{{name}}} has no value yet."
                : model.AllSteps().Any(other => other.Step.Key == key) ? $"the step {key} belongs to another list of steps, and outputs stay within one."
                : $"there is no step with the key {key}.";
        if (said is { Runs: StepRuns.OnFailure } && place.Step.Runs is StepRuns.OnSuccess) return $"“{said.Name}” runs only after a failure, and then this step does not.";

        return said.Settings.OutputNames.Contains(output) ? null
            : $"“{said.Name}” says no output {output}{(said.Settings.OutputNames.Any() ? $"; it says {Words.List(said.Settings.OutputNames)}" : "")}.";
    }
}
