using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Models;

namespace DeployHub.UnitTests.Runs;

/// <summary>CR-2 and CR-3: never a silent second time, never lost.</summary>
public sealed class LosingAWorker
{
    [Fact]
    public void Runs_an_idempotent_step_again()
    {
        var (targets, losses) = (Given.Targets(1), 1);
        var simulation = new Simulation(Given.Run(targets), targets, (_, step) => step.Name == "Upload" && losses-- > 0 ? null : StepOutcome.Succeeded.Plain).Work();

        simulation.Run.Status.ShouldBe(RunStatus.Succeeded);
        simulation.Visits.Count(visit => visit == "Execute web-1 Upload").ShouldBe(2);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void Asks_a_person_about_a_step_that_must_not_run_twice()
    {
        var targets = Given.Targets(1);
        var simulation = new Simulation(Given.Run(targets), targets, (_, step) => step.Name == "Switch" ? null : StepOutcome.Succeeded.Plain).Work();

        simulation.Run.OpenHalt!.Cause.ShouldBe(HaltCause.WorkerLost);
        simulation.Visits.Count(visit => visit == "Execute web-1 Switch").ShouldBe(1);

        simulation.Run.ContinueManually(Given.Decision(simulation.Now)).Error.ShouldBe(RunErrors.HandiworkMissing);
        simulation.Run.ContinueManually(Given.ByHand(simulation.Now, Given.Paul)).Error.ShouldBe(RunErrors.SecondPersonNeeded);
        simulation.Run.ContinueManually(Given.ByHand(simulation.Now)).Error.ShouldBeNull();
        simulation.Work();
        simulation.Run.Status.ShouldBe(RunStatus.Succeeded);
        simulation.Visits.Count(visit => visit == "Execute web-1 Switch").ShouldBe(1);
        simulation.ShouldFoldToItsState();
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 3)]
    public void Lets_a_probe_say_whether_it_happened(bool happened, int visits)
    {
        var (targets, losses) = (Given.Targets(1), 1);
        var model = Given.Model(execute: new StepDefinition("Switch", new RunScript(["switch"])) { Probe = new CheckScript(["was-it-switched"]) });
        var simulation = new Simulation(Given.Run(targets, model), targets, (_, step) =>
            step.Name != "Switch" ? StepOutcome.Succeeded.Plain
            : step.LastAttempt!.IsProbe ? happened ? StepOutcome.Succeeded.Plain : new StepOutcome.Failed("Not switched.")
            : losses-- > 0 ? null : StepOutcome.Succeeded.Plain).Work();

        simulation.Run.Status.ShouldBe(RunStatus.Succeeded);
        simulation.Visits.Count(visit => visit == "Execute web-1 Switch").ShouldBe(visits);
        simulation.Run.In(Stage.Execute, 1).Single().Steps[0].Attempts.Select(attempt => attempt.IsProbe).ShouldBe(((bool[])[false, true, false]).Take(visits));
        simulation.Events.Where(told => told is { Became: "Running" } && told.Text.Contains("Switch", StringComparison.Ordinal)).Select(told => told.Text).ShouldBe(((string[])["web-1: Switch", "web-1: looking whether “Switch” happened", "web-1: Switch"]).Take(visits));
        simulation.Events.Any(told => told.Text == "web-1: “Switch” has not happened").ShouldBe(!happened);
        simulation.Now.ShouldBe(Given.Now + Given.Lease, "nobody waits once the probe has told");
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void Ignores_what_the_old_worker_says_later()
    {
        var targets = Given.Targets(1);
        var run = Given.Run(targets);
        run.Advance(NCalcConditions.Instance, Given.Now);
        var claimed = run.Claim("w1", 1, Given.Lease, Given.Now).Single();
        var oldFence = claimed.Fence;

        var later = Given.Now + Given.Lease;
        run.Advance(NCalcConditions.Instance, later);
        run.Claim("w2", 1, Given.Lease, later).ShouldHaveSingleItem();

        run.Record(claimed.Id, oldFence, 1, StepOutcome.Succeeded.Plain, Given.Lease, later).Error.ShouldBe(RunErrors.StaleFence);
        claimed.Worker.ShouldBe("w2");
    }

    [Fact]
    public void Gives_up_on_a_step_that_loses_every_worker()
    {
        var targets = Given.Targets(1);
        var simulation = new Simulation(Given.Run(targets), targets, (_, step) => step.Name == "Upload" ? null : StepOutcome.Succeeded.Plain).Work();

        simulation.Run.OpenHalt!.Cause.ShouldBe(HaltCause.WorkerLost);
        simulation.Visits.Count(visit => visit == "Execute web-1 Upload").ShouldBe(3);
    }
}
