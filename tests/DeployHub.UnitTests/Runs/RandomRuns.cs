using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>Whatever the world answers, no step is lost, repeated or skipped, no run gets stuck, and the events tell the truth.</summary>
public sealed class RandomRuns
{
    /// <summary>Fewer where every mutant of the code is to be tried.</summary>
    private static readonly int Runs = int.Parse(System.Environment.GetEnvironmentVariable("DEPLOYHUB_RANDOM_RUNS") ?? "1000", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void Never_lose_repeat_or_skip_a_step()
    {
        for (var seed = 0; seed < Runs; seed++) Check(seed);
    }

    private static void Check(int seed)
    {
        var random = new Random(seed);
        var targets = Given.Targets(random.Next(1, 9));
        var model = Model(random);
        var simulation = new Simulation(Given.Run(targets, model), targets, (targetRun, step) => Answer(targetRun, step, random, seed), model: model)
        {
            TakesLong = () => random.Next(2) == 0,
            EndsFirst = held => held[random.Next(held.Count)],
        };

        for (var decisions = 0; decisions < 200 && !simulation.Work(random.Next(1, 4)).Run.IsOver; decisions++) Decide(simulation, random);

        simulation.Run.IsOver.ShouldBeTrue($"seed {seed} is stuck in {simulation.Run.Status}");
        simulation.ShouldFoldToItsState();
        foreach (var step in simulation.Run.TargetRuns.SelectMany(targetRun => targetRun.Steps)) CheckStep(step, seed);
        if (simulation.Run.Status is RunStatus.Succeeded)
            simulation.Run.TargetRuns.ShouldAllBe(targetRun => targetRun.Status == TargetRunStatus.Succeeded || targetRun.Status == TargetRunStatus.Failed || targetRun.Status == TargetRunStatus.Deferred);
    }

    private static void CheckStep(StepRun step, int seed)
    {
        CheckWhatApplied(step, seed);
        var successes = step.Attempts.Count(attempt => attempt is { IsProbe: false, Outcome: StepOutcome.Succeeded });
        if (step.Status is StepStatus.Succeeded) step.Attempts.Any(attempt => attempt.Outcome is StepOutcome.Succeeded).ShouldBeTrue($"seed {seed}: “{step.Name}” succeeded by nothing");
        if (step.Settings is CheckMetric || step.Runs is not StepRuns.OnSuccess) return; // looks again when the soak is extended; cleans up after every failure

        successes.ShouldBeLessThanOrEqualTo(1, $"seed {seed}: “{step.Name}” succeeded twice");
        if (step.WhenLost is AfterLoss.AskPerson) step.Attempts.Count.ShouldBeLessThanOrEqualTo(1 + step.HumanRetries, $"seed {seed}: “{step.Name}” ran again unasked");
    }

    /// <summary>What did not apply was never begun, and what began had everything filled that it uses.</summary>
    private static void CheckWhatApplied(StepRun step, int seed)
    {
        var hasBegun = step.Attempts.Any(attempt => attempt.HasBegun);
        if (step is { WhyNot: not null, Runs: StepRuns.OnSuccess }) hasBegun.ShouldBeFalse($"seed {seed}: “{step.Name}” began and does not apply");
        if (hasBegun) Template.NamesIn(step.Settings).ShouldNotContain(name => StepOutputs.IsOutput(name), $"seed {seed}: “{step.Name}” began with {step.Settings}");
        if (hasBegun && step.Settings is RunScript { Command: ["switch", var changes] }) changes.ShouldNotBe("0", $"seed {seed}: “{step.Name}” began against its condition");
    }

    /// <summary>Batches, or any mixture of phases, switch, soak, checks, promotion and what follows a breach.</summary>
    private static ModelContent Model(Random random)
    {
        var model = Given.Model(random.Next(1, 5).ToString(System.Globalization.CultureInfo.InvariantCulture), random.Next(0, 3) == 0 ? "1" : "0", random.Next(3) switch { 0 => [], 1 => Steps(random), _ => Groups(random) });
        if (random.Next(2) == 0) return model;

        StepDefinition shift = new("Shift", new RunScript(["shift", "${phase.traffic}"]));
        return model with
        {
            Execute = model.Execute with
            {
                Phases = new PhaseList([new("First", "1", random.Next(2) == 0 ? "10%" : null, Promotion: random.Next(3) == 0 ? Promotion.Manual : null), new("Half", "50%", "50%", "5m"), new("Rest", "rest", "100%")]),
                Soak = random.Next(2) == 0 ? "0s" : "10m",
                OnBreach = random.Next(2) == 0 ? OnBreach.Halt : OnBreach.RollBack,
                Switch = random.Next(2) == 0 ? [] : [shift],
                Watch = [.. Enumerable.Range(1, random.Next(3)).Select(number => new StepDefinition($"Metric {number}", new CheckMetric("http://metrics", "errors")))],
            },
            Rollback = model.Rollback with { Switch = [shift with { Name = "Shift back" }] },
        };
    }

    /// <summary>Some of them clean up, some may fail, and some apply only because of what another said.</summary>
    private static StepDefinition[] Steps(Random random) =>
    [
        new("Upload", new Upload("package")) { IfItFails = (IfItFails)random.Next(2) },
        new("Plan", new RunScript(["plan"], Outputs: ["changes"])) { Key = "plan", When = random.Next(4) == 0 ? "${environment.key} != 'production'" : null },
        new("Switch", new RunScript(["switch", "${step.plan.changes}"])) { When = "${step.plan.changes} > 0" },
        new("Undo", new RunScript(["undo"])) { Runs = StepRuns.OnFailure, IfItFails = (IfItFails)random.Next(2), When = random.Next(2) == 0 ? "${step.plan.changes} > 1" : null },
        new("Start", new RunScript(["start"])),
        new("Tidy up", new RunScript(["tidy"])) { Runs = (StepRuns)random.Next(3) },
    ];

    /// <summary>Three groups: before a step that uses what a member says, after a failure, and at the end; members fail, retry, rest and get lost each for itself.</summary>
    private static StepDefinition[] Groups(Random random) =>
    [
        new("Upload", new Upload("package")) { Together = "first", Retries = random.Next(3) },
        new("Plan", new RunScript(["plan"], Outputs: ["changes"])) { Together = "first", Key = "plan", AfterLoss = random.Next(2) == 0 ? AfterLoss.AskPerson : AfterLoss.RunAgain },
        new("Register", new RunScript(["register"])) { Together = "first", Probe = new CheckScript(["is-registered"]), When = random.Next(3) == 0 ? "${environment.key} != 'production'" : null },
        new("Switch", new RunScript(["switch", "${step.plan.changes}"])) { When = "${step.plan.changes} > 0" },
        new("Undo", new RunScript(["undo"])) { Together = "undo", Runs = StepRuns.OnFailure, IfItFails = (IfItFails)random.Next(2) },
        new("Tell", new CallHttp("http://chat/undone")) { Together = "undo", Runs = StepRuns.OnFailure, AfterLoss = AfterLoss.RunAgain, Retries = random.Next(3) },
        new("Start", new RunScript(["start"])) { Together = "last", IfItFails = (IfItFails)random.Next(2) },
        new("Warm up", new RunScript(["warm", "${step.plan.changes}"])) { Together = "last", AfterLoss = AfterLoss.RunAgain, Retries = random.Next(4) },
        new("Tidy up", new RunScript(["tidy"])) { Runs = (StepRuns)random.Next(3) },
    ];

    private static StepOutcome? Answer(TargetRun targetRun, StepRun step, Random random, int seed)
    {
        CheckItsTurn(targetRun, step, seed);
        var outcome = World(targetRun, random);
        return outcome is StepOutcome.Succeeded done ? Said(done, step, random) : outcome;
    }

    /// <summary>Nothing is done before what comes before it is over, and after a failure only what was under way beside it, or cleans up.</summary>
    private static void CheckItsTurn(TargetRun targetRun, StepRun step, int seed)
    {
        var failed = targetRun.FailedSteps.ToList();
        var before = targetRun.Steps.Where(other => other.Number < step.Number && !other.IsBeside(step) && other.Runs is StepRuns.OnSuccess);
        if (failed.Count == 0) before.All(other => other.IsOver).ShouldBeTrue($"seed {seed}: “{step.Name}” came too early");
        else if (step.Runs is StepRuns.OnSuccess) failed.Exists(other => other.IsBeside(step)).ShouldBeTrue($"seed {seed}: “{step.Name}” was done after a failure");
        failed.Exists(other => other.AsksPerson && other.LastAttempt!.EndedAt < step.LastAttempt!.BeganAt).ShouldBeFalse($"seed {seed}: “{step.Name}” began while a person was asked");
    }

    private static StepOutcome Said(StepOutcome.Succeeded done, StepRun step, Random random) => step.Key == "plan" && random.Next(10) > 0 ? done with { Outputs = new Dictionary<string, string> { ["changes"] = $"{random.Next(3)}" } } : done;

    private static StepOutcome? World(TargetRun targetRun, Random random) => random.Next(20) switch
    {
        0 when targetRun.Part is PhasePart.Watch => new StepOutcome.Inconclusive("No value."),
        0 => null,
        1 => new StepOutcome.Failed("The world says no."),
        2 => new StepOutcome.StillRunning("ticket", TimeSpan.FromSeconds(random.Next(1, 60))),
        _ => StepOutcome.Succeeded.Plain,
    };

    private static void Decide(Simulation simulation, Random random)
    {
        var run = simulation.Run;
        if (run.WaitingFor is WaitingReason.Promotion)
        {
            var asked = random.Next(2) == 0 ? run.Promote(run.ObservedPhase!.Number, "Seen by eye.", Given.Dora, simulation.Now) : run.ExtendSoak(run.ObservedPhase!.Number, TimeSpan.FromMinutes(5), "Unsure.", Given.Dora, simulation.Now);
            asked.Error.ShouldBeNull();
            return;
        }

        run.OpenHalt.ShouldNotBeNull("only a halt may keep a run from moving here");
        var decision = Given.ByHand(simulation.Now) with { Waiver = new Waiver(simulation.Now.AddDays(1), "Somebody looks.") };
        var result = random.Next(6) switch
        {
            0 => run.Abandon(decision),
            1 => simulation.RollBack(decision),
            2 => run.ExcludeTargets([.. run.OpenHalt.Subjects], 100, true, decision),
            3 => run.ContinueManually(decision),
            4 => run.AcceptWithWaiver(decision),
            _ => run.Retry(decision),
        };
        if (result.Error is not null) run.OpenHalt.ShouldNotBeNull();
    }
}
