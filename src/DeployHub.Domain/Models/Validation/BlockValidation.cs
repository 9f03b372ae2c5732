using DeployHub.Domain.Models.Blocks;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

/// <summary>
/// What a block alone can tell: its steps are what steps have to be (guard A-V), and there is a list of a model in which all of them may stand.
/// What a model gives for its parameters is judged with that model.
/// </summary>
public static class BlockValidation
{
    private const string Rule = "model.block";

    /// <summary>The likely ones first: where several fit badly alike, the first tells why.</summary>
    private static readonly StepList[] Lists =
        [StepList.Execute, StepList.VerifyDeployment, StepList.VerifyEnvironment, StepList.VerifyComponents, StepList.Switch, StepList.Watch, StepList.Rollback, StepList.RollbackSwitch,
            StepList.Removal, StepList.RemovalProof];

    /// <summary>With the paths of a block's document, such as <c>steps[1].timeout</c>.</summary>
    public static IReadOnlyList<ModelRemark> Check(BlockContent block, IConditions conditions) =>
        [.. Names(block), .. Parameters(block), .. Steps(block), .. Lists.Select(list => In(list, block, conditions)).MinBy(remarks => remarks.Count(IsError))!];

    /// <summary>The lists of a model in which all of its steps may stand, as a document names them, such as <c>execute.steps</c>; in the order of a run.</summary>
    public static IReadOnlyList<string> ListsFor(BlockContent block, IConditions conditions) =>
        [.. Enum.GetValues<StepList>().Where(list => !In(list, block, conditions).Any(IsError)).Select(list => StepPlace.PathOf(list).Replace("stages.", "", StringComparison.Ordinal))];

    private static IEnumerable<ModelRemark> Names(BlockContent block)
    {
        if (!Key.IsValid(block.Block)) yield return new ModelRemark("model.name", "block", Severity.Error, $"“{block.Block}” is no key. {Key.Rule}");
        foreach (var remark in NameRules.Own("block", block.Name, block.Purpose)) yield return remark;
    }

    private static IEnumerable<ModelRemark> Parameters(BlockContent block)
    {
        var read = block.Steps.SelectMany(step => step.NamesRead.Concat(new[] { step.Name, step.Timeout }.SelectMany(Template.NamesIn))).ToHashSet(StringComparer.Ordinal);
        foreach (var parameter in block.Parameters)
        {
            foreach (var remark in ParameterRules.Alone(parameter.With(parameter.Example))) yield return remark;
            if (!read.Contains($"parameter.{parameter.Name}"))
                yield return ParameterRules.Unused(parameter.Name);
        }
    }

    private static IEnumerable<ModelRemark> Steps(BlockContent block)
    {
        if (block.Steps.Count == 0) yield return new ModelRemark(Rule, "steps", Severity.Error, "A block has at least one step.");
        foreach (var twice in block.Steps.GroupBy(step => step.Name).Where(same => same.Count() > 1))
            yield return new ModelRemark("model.step-name", "steps", Severity.Error, $"Two steps are called “{twice.Key}”: people speak of steps by name.");
    }

    /// <summary>What would be said of its steps in that list of a model, after a step that has nothing to do with them.</summary>
    private static List<ModelRemark> In(StepList list, BlockContent block, IConditions conditions)
    {
        var examples = block.Parameters.Where(parameter => parameter.IsRequired).GroupBy(parameter => parameter.Name).ToDictionary(same => same.Key, same => same.First().Example);
        var steps = block.Expand(new BlockUse(block.Block, 0, examples)).Select(step => step with { Use = null });
        var model = Around(list, [new StepDefinition("Whatever comes before", new Wait("1s")), .. steps]);
        return
        [
            .. from place in model.AllSteps().Skip(1)
               from remark in About(model, place, conditions)
               select remark with { Path = $"steps[{place.Index - 1}]{remark.Path[place.Path.Length..]}" },
        ];
    }

    private static IEnumerable<ModelRemark> About(ModelContent model, StepPlace place, IConditions conditions) =>
        [.. StepRules.Check(model, place), .. ConditionRules.Check(model, place, conditions), .. OutputRules.Check(model, place), .. TogetherRules.Check(model, place)];

    private static ModelContent Around(StepList list, IReadOnlyList<StepDefinition> steps)
    {
        return new ModelContent
        {
            Model = "block",
            Name = "Block",
            Purpose = "Holds the steps of a block.",
            Approach = Approach.BigBang,
            Roles = [.. steps.SelectMany(step => step.Settings is ManualWork { Slot: { } slot } ? [slot] : Array.Empty<string>()).Distinct().Select(slot => new RoleSlot(slot, Access.Role.DeploymentPractitioner))], // the model that uses it declares them
            VerifyComponents = Of(StepList.VerifyComponents),
            VerifyEnvironment = Of(StepList.VerifyEnvironment),
            Execute = new ExecuteDefinition { Steps = Of(StepList.Execute), Switch = Of(StepList.Switch), Watch = Of(StepList.Watch) },
            VerifyDeployment = Of(StepList.VerifyDeployment),
            Rollback = new RollbackDefinition(RollbackMethod.CompensatingSteps, Of(StepList.Rollback), Switch: Of(StepList.RollbackSwitch)),
            Removal = new RemovalDefinition(Of(StepList.Removal), Of(StepList.RemovalProof)),
        };

        IReadOnlyList<StepDefinition> Of(StepList asked) => asked == list ? steps : [];
    }

    private static bool IsError(ModelRemark remark) => remark.Severity is Severity.Error;
}
