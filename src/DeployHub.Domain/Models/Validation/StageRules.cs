using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

/// <summary>A-V1, A-V2 and A-V4: each stage does what it is for.</summary>
internal static class StageRules
{
    private static readonly StepList[] Stages = [StepList.VerifyComponents, StepList.VerifyEnvironment, StepList.Execute, StepList.VerifyDeployment];

    public static IEnumerable<ModelRemark> Check(ModelContent model)
    {
        foreach (var stage in Stages.Where(stage => model.StepsOf(stage).Count == 0))
            yield return Error("A-V1", stage, Empty(stage));

        foreach (var list in Enum.GetValues<StepList>())
            foreach (var twice in model.StepsOf(list).GroupBy(step => step.Name).Where(same => same.Count() > 1))
                yield return Error("model.step-name", list, $"Two steps are called “{twice.Key}”: people speak of steps by name.{Apart(twice)}");

        var kinds = model.AppliesTo.Kinds is { Count: > 0 } named ? named : Enum.GetValues<ComponentKind>();
        if (kinds.Any(kind => !kind.HasManifest()) && !Checks<CheckArtefacts>(model))
            yield return Error("A-V2", StepList.VerifyComponents, "Add a step that uses check-artefacts: nothing is deployed whose bytes were not compared with the registered digest. It has no condition (when).");
        if (kinds.Any(kind => kind.HasManifest()) && !Checks<CheckManifest>(model))
            yield return Error("A-V2", StepList.VerifyComponents, $"Add a step that uses check-manifest: components of kind {Words.List(kinds.Where(kind => kind.HasManifest()).Select(kind => kind.ToString()))} have a content manifest instead of bytes.");

        if (model.VerifyDeployment.Count > 0 && !model.VerifyDeployment.Any(ReadsTheTarget))
            yield return Error("A-V4", StepList.VerifyDeployment, "At least one step must look at the target itself: check-version, check-http, check-file, check-script or a manual one. An exit code of Execute proves nothing, nor does an acceptance. A condition (when) does not count: this is done every time.");
        else if (model.VerifyDeployment.Any(step => step.Settings is CheckScript) && !model.VerifyDeployment.Any(ReadsTheVersion))
            yield return new ModelRemark("model.version-not-read-back", StepPlace.PathOf(StepList.VerifyDeployment), Severity.Hint, ScriptsProveNoVersion);
    }

    /// <summary>What it looked at only the program knows.</summary>
    private const string ScriptsProveNoVersion =
        "A check-script can prove that the target is well, and not which version is there: all that is known of it is its exit code, so the record will say that the version was not observed. "
        + "Beside it, check-version reads the version back where an address answers it; on a target without one, check-file compares a file there with the artefact.";

    /// <summary>Most people read it in a document that they have just begun.</summary>
    private static string Empty(StepList stage) => stage switch
    {
        StepList.VerifyComponents => "Nothing looks at the component versions yet. Write the first step here, such as one that uses check-artefacts.",
        StepList.VerifyEnvironment => "Nothing looks at a target before it is touched. Write the first step here, such as one that uses check-reachable.",
        StepList.Execute => "Nothing brings the versions to a target yet. Write the first step here, such as one that uses upload, ssh or manual.",
        _ => "Nothing shows on the target itself that it worked. Write the first step here, such as one that uses check-version, check-http or check-file.",
    };

    private static bool Checks<T>(ModelContent model) where T : StepSettings => model.VerifyComponents.Any(step => step is { Settings: T, When: null });

    private static bool ReadsTheTarget(StepDefinition step) => step.When is null && step.Settings is CheckHttp or CheckPage or CheckVersion or CheckFile or CheckLogs or CheckTcp or CheckTls or CheckSql or CheckScript or ManualWork or Acknowledge;

    private static bool ReadsTheVersion(StepDefinition step) => step.Settings is CheckVersion or CheckFile;

    private static string Apart(IEnumerable<StepDefinition> same) =>
        same.Select(step => step.Use).FirstOrDefault(use => use is not null) is { } use ? $" One of them comes from {use.InWords}: with as, its names are told apart." : "";

    private static ModelRemark Error(string rule, StepList list, string sentence) => new(rule, StepPlace.PathOf(list), Severity.Error, sentence);
}
