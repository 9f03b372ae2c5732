namespace DeployHub.Domain.Models.Validation;

/// <summary>The condition of a step: readable, about what has a value there, and never about a secret.</summary>
internal static class ConditionRules
{
    private const string Rule = "model.condition";
    private const int Longest = 500;

    public static IEnumerable<ModelRemark> Check(ModelContent model, StepPlace place, IConditions conditions)
    {
        if (place.Step.When is not { } condition) yield break;
        if (condition.Length > Longest)
        {
            yield return place.Error(Rule, "when", $"a condition has at most {Longest} characters, this one has {condition.Length}.");
            yield break;
        }

        if (conditions.Objection(condition) is { } objection) yield return place.Error(Rule, "when", objection);
        foreach (var name in Template.NamesIn(condition).Distinct())
            if (name.StartsWith("secret:", StringComparison.Ordinal)) yield return place.Error(Rule, "when", $"${{{name}}} is a secret, and what a condition says stands in the record for everybody.");
            else if (StepRules.Unknown(model, place, name) is { } sentence) yield return place.Error("template.unknown-name", "when", sentence);
    }
}
