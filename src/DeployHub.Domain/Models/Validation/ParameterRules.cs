using System.Text.RegularExpressions;
using DeployHub.Domain.Models.Blocks;

namespace DeployHub.Domain.Models.Validation;

/// <summary>A-V11, and that every parameter which is used exists and the other way round.</summary>
internal static partial class ParameterRules
{
    public static IEnumerable<ModelRemark> Check(ModelContent model)
    {
        var used = NamesIn(model).ToHashSet(StringComparer.Ordinal);
        foreach (var parameter in model.Parameters)
        {
            foreach (var remark in Alone(parameter)) yield return remark;
            if (!used.Contains($"parameter.{parameter.Name}"))
                yield return Unused(parameter.Name);
        }

        foreach (var twice in model.Parameters.GroupBy(parameter => parameter.Name).Where(same => same.Count() > 1))
            yield return new ModelRemark("A-V11", PathOf(twice.First()), Severity.Error, $"Two parameters have the name {twice.Key}.");
    }

    public static ModelRemark Unused(string name) =>
        new("A-V11", $"parameters.{name}", Severity.Warning, $"Nothing uses the parameter {name}: write ${{parameter.{name}}} where it counts, or take it away.");

    /// <summary>What holds of a parameter whatever uses it.</summary>
    public static IEnumerable<ModelRemark> Alone(Parameter parameter)
    {
        if (!Name().IsMatch(parameter.Name)) yield return Error("", "needs a name of letters and digits that begins with a lower-case letter, such as batchSize");
        if (parameter.Description.Trim().Length == 0) yield return Error("description", "needs a description: whoever plans must know what it does");
        if (!HasBounds(parameter) && parameter.Mutability is Mutability.Bounded) yield return Error("mutability", "is bounded, so it needs a minimum, a maximum or choices");
        if (HasBounds(parameter) && parameter.Mutability is not Mutability.Bounded) yield return Error("mutability", "has bounds that count only when its mutability is Bounded");

        foreach (var (member, bound) in new[] { ("minimum", parameter.Minimum), ("maximum", parameter.Maximum) })
            if (bound is not null && !(parameter.IsMeasured && parameter.IsOfType(bound)))
                yield return Error(member, parameter.IsMeasured ? $"has the {member} “{bound}”, which is not {parameter.TypeInWords}" : $"is {parameter.TypeInWords}, which has no {member}; use choices");

        foreach (var choice in (parameter.Choices ?? []).Where(choice => !parameter.IsOfType(choice))) yield return Error("choices", $"offers “{choice}”, which is not {parameter.TypeInWords}");
        if (parameter.Default.Length > BlockParameter.LongestValue)
            yield return Error("default", $"has a default of {parameter.Default.Length} characters, and at most {BlockParameter.LongestValue} are allowed");
        else if (parameter.BoundsCross) yield return Error("minimum", "has a minimum above its maximum");
        else if (parameter.Check(parameter.Default).Error is { } refusal) yield return new ModelRemark("A-V11", PathOf(parameter) + ".default", Severity.Error, $"The default “{parameter.Default}” breaks its own rule: {refusal.Message}");

        ModelRemark Error(string member, string sentence) => new(
            "A-V11", member.Length == 0 ? PathOf(parameter) : $"{PathOf(parameter)}.{member}", Severity.Error, $"The parameter {parameter.Name} {sentence}.");
    }

    private static bool HasBounds(Parameter parameter) => parameter.Minimum is not null || parameter.Maximum is not null || parameter.Choices is { Count: > 0 };

    private static string PathOf(Parameter parameter) => $"parameters.{parameter.Name}";

    private static IEnumerable<string> NamesIn(ModelContent model) =>
        model.AllSteps().SelectMany(place => place.Step.NamesRead)
            .Concat(TextsIn(model.Execute).SelectMany(Template.NamesIn));

    private static IEnumerable<string> TextsIn(ExecuteDefinition execute) =>
    [
        .. execute.Phases switch { Batches batches => [batches.Size], PhaseList list => [.. list.Phases.SelectMany(phase => phase.Texts())], _ => (string[])[] },
        execute.FailureBudget, execute.MaxFailedTargets ?? "", execute.Soak, execute.Quota ?? "",
    ];

    [GeneratedRegex("^[a-z][A-Za-z0-9]{0,49}$")]
    private static partial Regex Name();
}
