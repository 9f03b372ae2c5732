using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>Three steps of one group, one that follows them and one that cleans up.</summary>
public abstract class StepsTogether
{
    protected static readonly StepOutcome Broken = new StepOutcome.Failed("It broke.");

    /// <summary>What a step comes to when it is done first; afterwards it succeeds. Null loses its worker.</summary>
    protected Dictionary<string, StepOutcome?> Answers { get; } = [];

    private protected Simulation Started(Action<StepDefinition[]>? change = null, bool takesLong = true)
    {
        var (targets, model) = (Given.Targets(1), Model(change ?? (_ => { })));
        return new Simulation(Given.Run(targets, model), targets, Answer, model: model) { TakesLong = () => takesLong };
    }

    protected StepOutcome? Answer(TargetRun targetRun, StepRun step) => Answers.Remove(step.Name, out var answer) ? answer : StepOutcome.Succeeded.Plain;

    /// <summary>A run whose group one worker has in its hands, with no time passed.</summary>
    protected static (Run Run, TargetRun Work) Claimed(Action<StepDefinition[]>? change = null)
    {
        var (targets, model) = (Given.Targets(1), Model(change ?? (_ => { })));
        var simulation = new Simulation(Given.Run(targets, model), targets, (_, _) => StepOutcome.Succeeded.Plain, model: model).WorkUntil(run => Work(run).Status is TargetRunStatus.Ready);
        simulation.Run.Claim("w1", 1, Given.Lease, Given.Now).ShouldHaveSingleItem();
        return (simulation.Run, Work(simulation.Run));
    }

    protected static IReadOnlyList<StepRun> Record(Run run, TargetRun work, int step, DateTimeOffset at, StepOutcome? outcome = null) =>
        run.Record(work.Id, work.Fence, step, outcome ?? StepOutcome.Succeeded.Plain, Given.Lease, at).Value;

    protected static TargetRun Work(Run run) => run.In(Stage.Execute, 1).First();

    protected static List<StepStatus> Statuses(TargetRun targetRun) => [.. targetRun.Steps.Select(step => step.Status)];

    private protected static List<string> Visits(Simulation simulation) =>
        [.. simulation.Visits.Where(visit => visit.StartsWith("Execute", StringComparison.Ordinal)).Select(visit => visit["Execute web-1 ".Length..])];

    protected static ModelContent Model(Action<StepDefinition[]> change)
    {
        StepDefinition[] steps =
        [
            Step("One", new RunScript(["one"])),
            Step("Two", new RunScript(["two"])),
            Step("Three", new RunScript(["three"])),
            new("Switch", new RunScript(["switch"])),
            new("Undo", new RunScript(["undo"])) { Runs = StepRuns.OnFailure },
        ];
        change(steps);
        return Given.Model(execute: steps);
    }

    protected static StepDefinition Step(string name, StepSettings settings) => new(name, settings) { Together = "group" };
}
