using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>What a rollback appends to a run, to what it returns, and when there is no way back.</summary>
public sealed class PlanningTheWayBack
{
    private static readonly MovedVersion Api = Given.New with { ComponentId = ComponentId.New(), Component = "api", VersionId = ComponentVersionId.New(), Label = "2.0.0" };

    [Fact]
    public void The_phases_come_back_in_reverse_and_say_which_of_how_many_they_are()
    {
        var simulation = Halted(Given.Targets(4), Given.Model());
        simulation.RollBack(Given.Decision(simulation.Now)).Error.ShouldBeNull();

        Appended(simulation.Run).Select(phase => (phase.Name, Subjects: string.Join(' ', simulation.Run.In(Stage.Execute, phase.Number).Select(targetRun => targetRun.Subject))))
            .ShouldBe([("Roll back 1 of 2", "web-3 web-4"), ("Roll back 2 of 2", "web-1 web-2")]);
    }

    [Fact]
    public void One_phase_is_just_rolled_back_and_none_of_its_targets_may_fail()
    {
        var simulation = Halted(Given.Targets(2), Given.Model(failureBudget: "1"));
        simulation.RollBack(Given.Decision(simulation.Now)).Error.ShouldBeNull();

        Appended(simulation.Run).ShouldHaveSingleItem().ShouldSatisfyAllConditions(phase => phase.Name.ShouldBe("Roll back"), phase => phase.FailureBudget.ShouldBe(0), phase => phase.Quota.ShouldBeNull());
    }

    [Fact]
    public void A_target_that_lacked_one_of_the_components_has_no_version_to_return_to()
    {
        var targets = Given.Targets(3);
        var simulation = Halted(
            targets, Given.Model("3"), [Given.New, Api],
            [.. Had(targets[0], Given.Old, null), .. Had(targets[2], Given.Old, Api with { VersionId = ComponentVersionId.New(), Label = "1.9.0" })]);

        Plan(simulation, targets, Given.Model("3")).Error.ShouldBe(RunErrors.BaselineUnavailable(["web-1", "web-2"]));
    }

    [Fact]
    public void Which_targets_have_no_version_to_return_to_is_known_before_any_is_touched()
    {
        var (targets, model) = (Given.Targets(2), Given.Model());
        var run = Given.Run(targets);
        run.ObtainedLocks([new Baseline(targets[0].Id, Given.New.ComponentId, null), new Baseline(targets[1].Id, Given.New.ComponentId, Given.Old)], Given.Now);

        Given.Expansion(model, targets).WithoutWayBack(run).ShouldBe(["web-1"]);
        Given.Expansion(model with { Rollback = new RollbackDefinition(RollbackMethod.RestoreBackup, [new("Restore", new RunScript(["restore"]))]) }, targets).WithoutWayBack(run).ShouldBeEmpty("a backup is restored whatever was there");
        Given.Expansion(model with { Rollback = new RollbackDefinition(RollbackMethod.Irreversible) }, targets).WithoutWayBack(run).ShouldBeEmpty("nothing leads back anyway");
    }

    [Fact]
    public void Leading_back_the_traffic_alone_needs_no_version_on_any_target()
    {
        var model = Given.Model() with { Rollback = new RollbackDefinition(RollbackMethod.SwitchBack, Switch: [new("Shift back", new RunScript(["${component.key}", "${version.label}", "${phase.traffic}", "${phase.otherTraffic}"]))]) };
        model = model with { Execute = model.Execute with { Switch = [new("Shift", new RunScript(["shift"]))] } };
        var targets = Given.Targets(2);
        var simulation = Halted(targets, model, [Given.New, Api], [new Baseline(targets[1].Id, Given.New.ComponentId, Given.Old)]);

        var back = Plan(simulation, targets, model).Value.TargetRuns.ShouldHaveSingleItem();
        back.Part.ShouldBe(PhasePart.Switch);
        back.Steps.Select(step => string.Join(' ', ((RunScript)step.Settings).Command)).ShouldBe(["web 1.0.0 0 100", "api 2.0.0 0 100"], "nobody knows what api had");
    }

    [Fact]
    public void There_is_no_way_back_with_a_name_that_nothing_fills()
    {
        var simulation = Halted(Given.Targets(1), Given.Model() with { Rollback = new RollbackDefinition(RollbackMethod.CompensatingSteps, [new("Undo", new RunScript(["undo", "${target.rack}"]))]) });

        var refusal = simulation.RollBack(Given.Decision(simulation.Now)).Error!;
        (refusal.Code, refusal.Message).ShouldBe(("run.cannot-expand", "Nothing gives a value to ${target.rack} on web-1."));
        simulation.Run.Status.ShouldBe(RunStatus.Halted);
    }

    [Fact]
    public void A_failure_on_the_way_back_halts_as_one_and_its_retry_goes_on_leading_back()
    {
        var isBroken = true;
        var targets = Given.Targets(2);
        var simulation = new Simulation(Given.Run(targets), targets, (_, step) => isBroken && step.Name == "Switch" ? new StepOutcome.Failed("It answered 503.") : StepOutcome.Succeeded.Plain).Work();
        simulation.RollBack(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work();

        (simulation.Run.OpenHalt!.Cause, simulation.Run.OpenHalt.WasRollingBack).ShouldBe((HaltCause.RollbackStepFailed, true));
        isBroken = false;
        simulation.Run.Retry(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.RolledBack);
        simulation.ShouldFoldToItsState();
    }

    private static Domain.Result<RollbackPlan> Plan(Simulation simulation, IReadOnlyList<RunTarget> targets, ModelContent model) =>
        new Expansion("DEP-2026-000001", "production", model, new Dictionary<string, string>(), simulation.Run.Versions, targets).RollBack(simulation.Run);

    private static IEnumerable<Baseline> Had(RunTarget target, MovedVersion? web, MovedVersion? api) => [new(target.Id, Given.New.ComponentId, web), new(target.Id, Api.ComponentId, api)];

    private static IEnumerable<PhaseRun> Appended(Run run) => run.Of(Stage.Execute).Phases.Where(phase => phase.IsRollback);

    private static Simulation Halted(IReadOnlyList<RunTarget> targets, ModelContent model, IReadOnlyList<MovedVersion>? versions = null, IReadOnlyList<Baseline>? had = null)
    {
        var moved = versions ?? [Given.New];
        var expansion = new Expansion("DEP-2026-000001", "production", model, new Dictionary<string, string>(), moved, targets);
        expansion.Expand().Error.ShouldBeNull();
        var run = Run.Start(DeploymentId.New(), 1, "DEP-2026-000001/R1", EnvironmentId.New(), true, moved, expansion, Given.Paul, Given.Now);
        var simulation = new Simulation(run, targets, (_, step) => step.Name.StartsWith("Read back", StringComparison.Ordinal) ? new StepOutcome.Failed("It answers 1.0.0.") : StepOutcome.Succeeded.Plain, model: model) { Had = had }.Work();
        simulation.Run.OpenHalt!.Stage.ShouldBe(Stage.VerifyDeployment);
        return simulation;
    }
}
