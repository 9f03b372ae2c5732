using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

public sealed class LeavingUnchanged
{
    private static readonly StepOutcome Well = StepOutcome.Succeeded.Plain;

    [Fact]
    public void Targets_that_have_every_version_are_verified_and_not_touched()
    {
        var targets = Given.Targets(5);
        var world = new Simulation(Given.Run(targets), targets, (_, _) => Well) { UpToDate = [targets[1]] };
        world.Work();

        world.Run.Status.ShouldBe(RunStatus.Succeeded);
        world.Run.ResultOf(targets[1].Id).ShouldBe(TargetResult.Unchanged);
        world.Run.ResultOf(targets[0].Id).ShouldBe(TargetResult.Verified);
        world.Run.OutcomeOf().ShouldBe(Outcome.Succeeded);
        world.Run.Exposure().ShouldBe(100);
        world.Visits.ShouldNotContain(visit => visit.StartsWith("Execute web-2", StringComparison.Ordinal));
        world.Visits.ShouldContain("VerifyEnvironment web-2 Reach");
        world.Visits.ShouldContain("VerifyDeployment web-2 Read back");
        world.Observations.ShouldNotContain(seen => seen.TargetId == targets[1].Id);
        world.ShouldFoldToItsState();
    }

    [Fact]
    public void A_phase_with_nothing_to_do_is_neither_observed_nor_promoted()
    {
        var model = Given.Model("1");
        model = model with { Execute = model.Execute with { Soak = "10m", Promotion = Promotion.Manual, Watch = [new StepDefinition("Errors", new CheckReachable())] } };
        var targets = Given.Targets(2);
        var world = new Simulation(Given.Run(targets, model), targets, (_, _) => Well) { UpToDate = targets };
        world.Work();

        world.Run.Status.ShouldBe(RunStatus.Succeeded);
        world.Now.ShouldBe(Given.Now);
        world.Run.TargetRuns.Where(targetRun => targetRun.Part is PhasePart.Watch).ShouldAllBe(watch => watch.Status == TargetRunStatus.NotStarted);
        world.ShouldFoldToItsState();
    }

    [Theory]
    [InlineData(AlreadyThere.DeployAgain, false)]
    [InlineData(AlreadyThere.LeaveUnchanged, true)]
    public void The_model_or_the_plan_may_want_them_again(AlreadyThere model, bool plan)
    {
        var targets = Given.Targets(2);
        var content = Given.Model();
        content = content with { Execute = content.Execute with { AlreadyThere = model } };
        var expansion = new Expansion("DEP-2026-000001", "production", content, new Dictionary<string, string>(), [Given.New], targets) { DeployAgain = plan };
        expansion.Expand().Error.ShouldBeNull();
        var run = Run.Start(DeploymentId.New(), 1, "DEP-2026-000001/R1", Domain.Inventory.EnvironmentId.New(), true, [Given.New], expansion, Given.Paul, Given.Now);
        var world = new Simulation(run, targets, (_, _) => Well) { UpToDate = targets };
        world.Work();

        run.Results().Values.ShouldAllBe(result => result == TargetResult.Verified);
    }

    [Fact]
    public void A_rollback_leaves_them_alone()
    {
        var targets = Given.Targets(2);
        var world = new Simulation(Given.Run(targets), targets, (targetRun, _) => targetRun.Stage is Stage.VerifyDeployment ? new StepOutcome.Failed("It answers 1.0.0.") : Well) { UpToDate = [targets[0]] };
        world.Work();
        world.Run.OpenHalt!.Subjects.ShouldBe(["web-1", "web-2"]);

        world.RollBack(Given.Decision(world.Now)).Error.ShouldBeNull();
        world.Run.TargetRuns.Where(targetRun => targetRun.Stage is Stage.Execute && world.Run.Of(Stage.Execute).Phases[targetRun.Phase - 1].IsRollback).Select(targetRun => targetRun.Subject).ShouldBe(["web-2"]);
    }

    [Fact]
    public void Plans_from_before_keep_their_digests()
    {
        Given.Plan.Digest.ToString().ShouldBe("sha256:9b65a2f34410c9dae0ae627239aa7c11e02ac1cfa10812194c8edd745a69da1d");
        Given.Plan.Digest.ShouldNotBe((Given.Plan with { DeployAgain = true }).Digest);
        (Given.Plan with { Targets = [Given.Plan.Targets[0]], DeployAgain = true }).Narrows(Given.Plan).ShouldBeFalse();
    }
}
