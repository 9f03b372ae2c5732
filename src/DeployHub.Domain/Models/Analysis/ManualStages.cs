using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Models.Validation;
using DeployHub.Domain.Runs;

namespace DeployHub.Domain.Models.Analysis;

/// <summary>Where people do steps by hand.</summary>
public static class ManualStages
{
    /// <summary>The stages whose runs have such steps; what leads back belongs to Execute.</summary>
    public static IReadOnlySet<Stage> Of(ModelContent model) =>
        model.AllSteps().Where(place => place.Step.Settings is ManualWork).Select(place => StageOf(place.List)).ToHashSet();

    private static Stage StageOf(StepList list) => list switch
    {
        StepList.VerifyComponents => Stage.VerifyComponents,
        StepList.VerifyEnvironment => Stage.VerifyEnvironment,
        StepList.VerifyDeployment or StepList.RemovalProof => Stage.VerifyDeployment,
        _ => Stage.Execute,
    };
}
