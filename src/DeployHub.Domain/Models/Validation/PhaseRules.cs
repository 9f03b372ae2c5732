namespace DeployHub.Domain.Models.Validation;

/// <summary>A-V10 as far as phases exist: the approach fits how the targets are divided, and its numbers are numbers.</summary>
internal static class PhaseRules
{
    public static IEnumerable<ModelRemark> Check(ModelContent model)
    {
        var batches = model.Execute.Phases as Batches;
        if (model.Approach is Approach.Rolling && batches is null)
            yield return Error("phases", "A rolling deployment goes in batches: write phases: { batches: 2 } or { batches: 25% }.");
        if (model.Approach is Approach.BigBang && batches is not null)
            yield return Error("phases", "A big bang takes all targets in one phase: write phases: all-at-once, or make the approach Rolling.");
        if (model.Approach is not (Approach.Rolling or Approach.BigBang or Approach.ContinuousDelivery))
            yield return new ModelRemark("A-V10", "approach", Severity.Error, $"{Words.Title(model.Approach)} needs cohorts, traffic shares or rings, which a model cannot describe yet. Use Rolling, BigBang or ContinuousDelivery.");

        if (batches is not null && Malformed(model, batches.Size, atLeast: 1) is { } size) yield return Error("phases.batches", size);
        if (Malformed(model, model.Execute.FailureBudget, atLeast: 0) is { } budget) yield return Error("failureBudget", budget);
        if (Share.Parse(model.WithDefaults(model.Execute.FailureBudget)) is { Error: null, Value: { IsPercent: true, Number: >= 100 } })
            yield return Error("failureBudget", "Allowing every target to fail is no success threshold: use less than 100%.");
    }

    private static string? Malformed(ModelContent model, string text, int atLeast)
    {
        if (Template.NamesIn(text).FirstOrDefault(name => !name.StartsWith("parameter.", StringComparison.Ordinal)) is { } name)
            return $"Only parameters can be used here, not ${{{name}}}.";
        if (Template.NamesIn(text).Select(used => used["parameter.".Length..]).FirstOrDefault(used => model.Parameters.All(parameter => parameter.Name != used)) is { } unknown)
            return $"There is no parameter {unknown}.";

        var share = Share.Parse(model.WithDefaults(text));
        if (share.Error is { } malformed) return malformed.Message;
        return share.Value.Number < atLeast ? $"“{text}” must be at least {atLeast}." : null;
    }

    private static ModelRemark Error(string member, string sentence) => new("A-V10", $"stages.execute.{member}", Severity.Error, sentence);
}
