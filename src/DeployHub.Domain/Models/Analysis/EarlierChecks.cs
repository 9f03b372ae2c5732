using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Analysis;

/// <summary>Checks that may stand in VerifyDeployment and look at what Execute does not bring.</summary>
public static class EarlierChecks
{
    public static bool CouldLookBeforeExecute(StepSettings settings) => settings
        is ComponentCheck or CheckReachable or CheckDiskSpace or CheckTools or CheckCapacity or CheckBackup or CheckMonitoring or CheckIncidents;

    /// <summary>Names of the steps of VerifyDeployment that are such checks.</summary>
    public static IReadOnlySet<string> LateIn(ModelContent model) =>
        model.VerifyDeployment.Where(step => CouldLookBeforeExecute(step.Settings)).Select(step => step.Name).ToHashSet();
}
