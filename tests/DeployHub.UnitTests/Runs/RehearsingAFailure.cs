using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>A rehearsal forces a failure of work that succeeds, until the run has halted (domain A3 b and c).</summary>
public sealed class RehearsingAFailure
{
    private readonly Simulation _simulation = Start("Switch", out _);

    [Fact]
    public void A_forced_failure_halts_and_a_retry_goes_on()
    {
        var run = _simulation.Work().Run;
        (run.Status, run.OpenHalt!.Stage).ShouldBe((RunStatus.Halted, Stage.Execute));
        run.OpenHalt.Sentence.ShouldContain("The rehearsal made it fail");

        run.Retry(Given.Decision(_simulation.Now)).Error.ShouldBeNull();
        _simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        _simulation.ShouldFoldToItsState();
        Shown(run, RehearsalCase.ForcedFailure, "Switch").Passed.ShouldBeTrue();
        Shown(run, RehearsalCase.Rollback, "Switch").Sentence.ShouldContain("was not rolled back");
    }

    [Fact]
    public void A_rollback_from_the_middle_is_shown_by_the_baseline()
    {
        _simulation.Work();
        _simulation.RollBack(Given.Decision(_simulation.Now)).Error.ShouldBeNull();
        var run = _simulation.Work().Run;

        run.Status.ShouldBe(RunStatus.RolledBack);
        Shown(run, RehearsalCase.Rollback, "Switch").Passed.ShouldBeTrue();
        Shown(run, RehearsalCase.Pass, null).Passed.ShouldBeFalse();
    }

    [Fact]
    public void A_forced_failure_that_is_led_back_shows_the_rollback_as_well()
    {
        _simulation.Work();
        _simulation.Run.Exposure().ShouldBe(0);
        _simulation.Run.ExposureAtMost().ShouldBeGreaterThan(0, "the work was done on what counts as failed");
        _simulation.RollBack(Given.Decision(_simulation.Now)).Error.ShouldBeNull();
        var run = _simulation.Work().Run;

        run.ExposureAtMost().ShouldBe(0);
        var besides = Besides(run, RehearsalCase.ForcedFailure).ShouldNotBeNull();
        (besides.Case, besides.Passed, besides.Run).ShouldBe((RehearsalCase.Rollback, true, run.Name));
        Besides(run, RehearsalCase.Rollback)!.Case.ShouldBe(RehearsalCase.ForcedFailure);
        Besides(run, RehearsalCase.Pass).ShouldBeNull();
    }

    [Fact]
    public void One_that_goes_on_shows_nothing_besides()
    {
        _simulation.Work();
        _simulation.Run.Retry(Given.Decision(_simulation.Now)).Error.ShouldBeNull();

        Besides(_simulation.Work().Run, RehearsalCase.ForcedFailure).ShouldBeNull();
    }

    [Fact]
    public void What_is_never_reached_shows_nothing()
    {
        var run = Start("Another", out _).Work().Run;
        run.Status.ShouldBe(RunStatus.Succeeded);
        Shown(run, RehearsalCase.ForcedFailure, "Another").Sentence.ShouldContain("never reached");
        Shown(run, RehearsalCase.Pass, null).Passed.ShouldBeTrue();
    }

    [Fact]
    public void Where_every_version_was_there_already_nothing_was_shown()
    {
        var run = Start("Another", out _, isThereAlready: true).Work().Run;
        run.Status.ShouldBe(RunStatus.Succeeded);
        var shown = Shown(run, RehearsalCase.Pass, null);
        (shown.Passed, shown.Sentence).ShouldBe((false, "No step of Execute was done on any target, so it shows nothing of them."));
    }

    [Fact]
    public void The_last_step_that_a_worker_does_is_made_to_fail_unless_another_is_named()
    {
        Run.LastToFail(Given.Model()).ShouldBe("Switch");
        Run.LastToFail(Given.Model(execute: [new("Upload", new Upload("package")), new("Tidy", new RunScript(["rm"])) { IfItFails = IfItFails.GoOn }, new("Rest", new Wait("1s"))])).ShouldBe("Upload");
        Run.LastToFail(Given.Model(execute: [new("Upload", new Upload("package")), new("Warm it up", new RunScript(["warm"])) { When = "${parameter.warm}" }])).ShouldBe("Upload");
        Run.LastToFail(Given.Model(execute: [new("Warm it up", new RunScript(["warm"])) { When = "${parameter.warm}" }])).ShouldBe("Warm it up");
    }

    private static Rehearsal Shown(Run run, RehearsalCase rehearsed, string? failAt) =>
        RehearsalJudgement.Of(run, Given.Plan with { Rehearsal = new PlannedRehearsal(rehearsed, failAt) }, [Given.Dora]);

    private static Rehearsal? Besides(Run run, RehearsalCase planned) =>
        RehearsalJudgement.Besides(run, Given.Plan with { Rehearsal = new PlannedRehearsal(planned, "Switch") }, [Given.Dora]);

    private static Simulation Start(string failAt, out IReadOnlyList<RunTarget> targets, bool isThereAlready = false)
    {
        targets = Given.Targets(2);
        var expansion = new Expansion("DEP-2026-000001", "test", Given.Model(), new Dictionary<string, string>(), [Given.New], targets) { FailAt = failAt };
        expansion.Expand().Error.ShouldBeNull();
        var run = Run.Start(DeploymentId.New(), 1, "DEP-2026-000001/R1", Domain.Inventory.EnvironmentId.New(), false, [Given.New], expansion, Given.Paul, Given.Now);
        return new Simulation(run, targets, (_, _) => StepOutcome.Succeeded.Plain) { UpToDate = isThereAlready ? targets : [] };
    }
}
