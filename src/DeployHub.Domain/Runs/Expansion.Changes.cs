using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Runs;

/// <summary>Every target is looked at before Execute and afterwards, wherever anybody said what is worth a look (domain B3, B5).</summary>
public sealed partial class Expansion
{
    /// <summary>What the environment has watched for drift.</summary>
    public IReadOnlyList<WatchedFact> Watched { get; init; } = [];

    /// <summary>Whatever it finds, the run goes on: only a model can ask for more.</summary>
    private static StepDefinition Look(string name, IReadOnlyList<WatchedFact> facts) => new(name, new CheckChanges(facts)) { Timeout = "2m", IfItFails = IfItFails.GoOn };

    private IReadOnlyList<StepDefinition> EnvironmentChecks => Compared is { Count: > 0 } facts ? [.. model.VerifyEnvironment, Look("Baseline", facts)] : model.VerifyEnvironment;

    private IReadOnlyList<StepDefinition> DeploymentChecks => Comparing(model.VerifyDeployment, Compared);

    /// <summary>What check-drift, check-changes and the environment's watch name. What only a step's output would fill was not there before.</summary>
    private IReadOnlyList<WatchedFact> Compared =>
    [
        .. model.VerifyEnvironment.Select(step => step.Settings).OfType<CheckDrift>().SelectMany(check => check.Facts)
            .Concat(model.VerifyDeployment.Select(step => step.Settings).OfType<CheckChanges>().SelectMany(check => check.Facts ?? []))
            .Concat(Watched)
            .Where(fact => !Template.NamesIn(new CheckChanges([fact])).Any(StepOutputs.IsOutput))
            .DistinctBy(fact => fact.Subject),
    ];

    /// <summary>The model's own look sees the same as ours, which is only there where the model has none. Ours looks after a failure, too: what is there then is worth knowing.</summary>
    private static List<StepDefinition> Comparing(IEnumerable<StepDefinition> steps, IReadOnlyList<WatchedFact> facts)
    {
        List<StepDefinition> all = [.. steps.Select(step => step.Settings is CheckChanges check ? step with { Settings = check with { Facts = facts } } : step)];
        var isAskedFor = all.Exists(step => step is { When: null, Runs: StepRuns.OnSuccess, Settings: CheckChanges });
        return isAskedFor || facts.Count == 0 ? all : [.. all, Look("Compare with the baseline", facts) with { Runs = StepRuns.Always }];
    }

    /// <summary>On the way back the same is looked at as before Execute, whoever watches what by now.</summary>
    private static IReadOnlyList<WatchedFact> ComparedBefore(Run run, TargetId target) =>
    [
        .. run.TargetRuns.Where(targetRun => targetRun.Stage is Stage.VerifyEnvironment && targetRun.TargetId == target)
            .SelectMany(targetRun => targetRun.Steps).Select(step => step.Settings).OfType<CheckChanges>().SelectMany(check => check.Facts ?? []).DistinctBy(fact => fact.Subject),
    ];
}
