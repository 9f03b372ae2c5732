namespace DeployHub.Domain.Models.Validation;

/// <summary>Where a model says its steps.</summary>
internal enum StepList
{
    VerifyComponents,
    VerifyEnvironment,
    Execute,
    Switch,
    Watch,
    VerifyDeployment,
    RollbackSwitch,
    Rollback,
    Removal,
    RemovalProof,
}

/// <summary>A step with its place in the document.</summary>
/// <param name="Index">Its place in the list as a run has it.</param>
/// <param name="Written">Its place in the list as it is written, where all steps of a block stand in one.</param>
internal sealed record StepPlace(StepList List, int Index, StepDefinition Step, int Written)
{
    /// <summary>For a step of a block, the place where the block is named.</summary>
    public string Path => Step.Use is null ? $"{PathOf(List)}[{Written}]" : $"{PathOf(List)}[{Written}].use";

    /// <param name="member">Null or empty for the whole step.</param>
    public string PathOfMember(string? member) => string.IsNullOrEmpty(member) || Step.Use is not null ? Path : $"{Path}.{member}";

    /// <summary>The subject is a component version or a whole phase, so that no target is at hand.</summary>
    public bool HasNoTarget => List is StepList.VerifyComponents || IsOnceForAPhase;

    /// <summary>The subject is a whole phase.</summary>
    public bool IsOnceForAPhase => List is StepList.Switch or StepList.Watch or StepList.RollbackSwitch;

    /// <summary>A phase is at hand.</summary>
    public bool HasPhase => IsOnceForAPhase || List is StepList.Execute or StepList.Rollback or StepList.Removal;

    /// <summary>A component is taken away, so no version is at hand.</summary>
    public bool IsOfRemoval => List is StepList.Removal or StepList.RemovalProof;

    public static string PathOf(StepList list) => list switch
    {
        StepList.VerifyComponents => "stages.verifyComponents",
        StepList.VerifyEnvironment => "stages.verifyEnvironment",
        StepList.Execute => "stages.execute.steps",
        StepList.Switch => "stages.execute.switch",
        StepList.Watch => "stages.execute.watch",
        StepList.VerifyDeployment => "stages.verifyDeployment",
        StepList.RollbackSwitch => "rollback.switch",
        StepList.Removal => "removal.steps",
        StepList.RemovalProof => "removal.proof",
        _ => "rollback.steps",
    };

    public ModelRemark Error(string rule, string member, string sentence) =>
        new(rule, PathOfMember(member), Severity.Error, Step.Use is { } use ? $"{use.InWords}, “{Step.Name}”: {sentence}" : $"“{Step.Name}”: {sentence}");

    public ModelRemark Warning(string rule, string member, string sentence) => Error(rule, member, sentence) with { Severity = Severity.Warning };
}

internal static class StepPlaces
{
    public static IReadOnlyList<StepDefinition> StepsOf(this ModelContent model, StepList list) => list switch
    {
        StepList.VerifyComponents => model.VerifyComponents,
        StepList.VerifyEnvironment => model.VerifyEnvironment,
        StepList.Execute => model.Execute.Steps,
        StepList.Switch => model.Execute.Switch,
        StepList.Watch => model.Execute.Watch,
        StepList.VerifyDeployment => model.VerifyDeployment,
        StepList.RollbackSwitch => model.Rollback.Switch ?? [],
        StepList.Removal => model.Removal?.Steps ?? [],
        StepList.RemovalProof => model.Removal?.Proof ?? [],
        _ => model.Rollback.Steps ?? [],
    };

    public static IEnumerable<StepPlace> AllSteps(this ModelContent model) => Enum.GetValues<StepList>().SelectMany(list => PlacesIn(list, model.StepsOf(list)));

    public static IEnumerable<StepPlace> PlacesIn(StepList list, IReadOnlyList<StepDefinition> steps)
    {
        var written = -1;
        for (var index = 0; index < steps.Count; index++)
        {
            if (index == 0 || steps[index].Use?.IsPlaceOf(steps[index - 1].Use) is not true) written++;
            yield return new StepPlace(list, index, steps[index], written);
        }
    }
}
