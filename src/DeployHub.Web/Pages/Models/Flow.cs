using DeployHub.Domain.Models;
using DeployHub.Domain.Models.InWords;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.Web.Pages.Models;

/// <summary>A stage of the flow picture with the gate before it.</summary>
/// <param name="Number">From 1; names the stage's list of steps on the page.</param>
internal sealed record FlowStage(int Number, string Gate, string Condition, string Title, string Per, IReadOnlyList<StepDefinition> Steps)
{
    public Stage Stage => (Stage)(Number - 1);

    /// <summary>What is done once for each phase after its targets, and what observes it then.</summary>
    public IReadOnlyList<(string Title, IReadOnlyList<StepDefinition> Steps)> OncePerPhase { get; init; } = [];
}

/// <summary>What the pictures and lists of a model page show.</summary>
internal static class Flow
{
    private const string PerTarget = "once for each target";

    public static IReadOnlyList<FlowStage> Stages(ModelContent model) =>
    [
        new(1, "Start gates", "plan approved, slot open, nothing recalled, nothing halted here", "Verify components", "once for each version", model.VerifyComponents),
        new(2, "Lock and baseline", "nobody else deploys this here; what is there now is noted", "Verify environment", PerTarget, model.VerifyEnvironment),
        new(3, "All ready", "every version and every target passed", "Execute", PerTarget, model.Execute.Steps)
        {
            OncePerPhase = [.. new[] { ("then, once for each phase", model.Execute.Switch), ("while a phase is observed", model.Execute.Watch) }.Where(list => list.Item2.Count > 0)],
        },
        new(4, "Failure budget kept", ModelInWords.Budget(model), "Verify deployment", PerTarget, model.VerifyDeployment),
    ];

    /// <summary>Each list of steps with the stage whose runs measure them; null for what leads back.</summary>
    public static IEnumerable<(string Title, string Per, IReadOnlyList<StepDefinition> Steps, Stage? Stage)> Lists(ModelContent model)
    {
        foreach (var stage in Stages(model)) yield return (stage.Title, stage.Per, stage.Steps, stage.Stage);
        if (model.Execute.Switch.Count > 0) yield return ("Switch", "once for each phase, after its targets", model.Execute.Switch, Stage.Execute);
        if (model.Execute.Watch.Count > 0) yield return ("Watch", "all at the same time, while each phase is observed", model.Execute.Watch, Stage.Execute);
        if (model.Rollback.Switch is { Count: > 0 } back) yield return ("Switch back", "once, before any target is rolled back", back, null);
        if (model.Rollback.Steps is { Count: > 0 } steps) yield return ("Roll back", "once for each touched target", steps, null);
        if (model.Removal is not { } removal) yield break;

        yield return ("Remove", "once for each target, where a plan removes a component", removal.Steps, null);
        yield return ("Proof of removal", "once for each target, when the removal is verified", removal.Proof, null);
    }

    /// <summary>How six targets would be divided: the engine's own arithmetic on an example small enough to draw.</summary>
    public static IReadOnlyList<int> PhasesOfSix(ModelContent model)
    {
        var size = model.Execute.Phases is Batches batches && Share.Parse(model.WithDefaults(batches.Size)) is { Error: null } share ? share.Value.BatchSize(6) : 6;
        return [.. Enumerable.Range(0, 6).Chunk(size).Select(batch => batch.Length)];
    }

    public static string Icon(StepSettings settings) => settings switch
    {
        RunScript or RunSsh => "terminal-2",
        Upload => "upload",
        ReleaseFiles => "package",
        ConfigureFiles => "edit",
        ControlProcess => "refresh",
        SwitchHaproxyServer or SwitchNginxUpstream => "route",
        RunTerraform => "stack-2",
        RunAnsible => "list-check",
        ReplaceContainer or RemoveContainer => "brand-docker",
        DeployToKubernetes => "topology-star-3",
        RunDatabaseScripts => "database",
        CallHttp or SendWebhook => "send",
        ManualWork or AsksPeople => "user-check",
        AwaitPull => "download",
        Wait => "hourglass",
        CheckProvenance => "file-certificate",
        CheckPromotion => "stairs-up",
        CheckTests => "checklist",
        CheckDependencies => "sitemap",
        CheckLinks => "link",
        CheckConfiguration => "adjustments",
        CheckSbom => "packages",
        CheckVulnerabilities => "shield-check",
        ComponentCheck => "fingerprint",
        CheckReachable => "plug-connected",
        CheckDiskSpace => "database",
        CheckTools => "tool",
        CheckDrift or CheckAbsent => "zoom-in",
        CheckTerraform => "stack-2",
        CheckAnsible => "list-check",
        CheckCapacity => "server",
        CheckBackup => "history",
        CheckMonitoring => "activity",
        CheckIncidents => "alert-triangle",
        CheckVersion => "versions",
        CheckFile => "fingerprint",
        CheckLogs => "report-search",
        CheckPage => "world",
        CheckCmdb => "list-details",
        CheckChanges => "arrows-diff",
        CheckTcp or CheckDns => "plug-connected",
        CheckHaproxyServer => "route",
        CheckTls => "file-certificate",
        CheckSql => "database",
        CheckMetric or CheckCanary => "chart-line",
        _ => "shield-check",
    };
}
