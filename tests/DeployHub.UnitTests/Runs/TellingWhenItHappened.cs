using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>The record says when everything began and ended, and who started it.</summary>
public sealed class TellingWhenItHappened
{
    private static readonly DateTimeOffset Start = Given.Now;

    [Fact]
    public void Phases_and_stages_begin_and_end_when_they_do_and_the_run_with_its_last_stage()
    {
        var simulation = Soaking().Work();
        var (run, execute) = (simulation.Run, simulation.Run.Of(Stage.Execute));

        execute.Phases.Select(phase => (phase.BeganAt, phase.EndedAt)).ShouldBe([(Start, Start.AddMinutes(10)), (Start.AddMinutes(10), Start.AddMinutes(20))]);
        (execute.BeganAt, execute.EndedAt).ShouldBe((Start, Start.AddMinutes(20)));
        (run.Of(Stage.VerifyDeployment).BeganAt, run.Of(Stage.VerifyDeployment).EndedAt).ShouldBe((Start.AddMinutes(20), Start.AddMinutes(20)));
        (run.StartedAt, run.EndedAt).ShouldBe((Start, Start.AddMinutes(20)));
    }

    [Fact]
    public void What_is_not_over_has_no_end()
    {
        var simulation = Soaking().WorkUntil(run => run.WaitingFor is WaitingReason.Soak);
        var (run, execute) = (simulation.Run, simulation.Run.Of(Stage.Execute));

        (run.StartedAt, run.EndedAt).ShouldBe((Start, null));
        (execute.BeganAt, execute.EndedAt).ShouldBe((Start, null));
        execute.Phases.Select(phase => (phase.BeganAt, phase.EndedAt)).ShouldBe([(Start, null), (null, null)]);
        run.In(Stage.Execute, 1).Single().EndedAt.ShouldBe(Start);
        run.In(Stage.Execute, 2).ShouldAllBe(targetRun => targetRun.EndedAt == null);
    }

    [Fact]
    public void A_target_ends_when_it_is_over_whatever_the_end()
    {
        var targets = Given.Targets(2);
        var simulation = new Simulation(Given.Run(targets), targets, (targetRun, step) => step.Name != "Switch" ? StepOutcome.Succeeded.Plain : step.Ticket is null ? new StepOutcome.StillRunning("1", TimeSpan.FromMinutes(1)) : targetRun.Subject == "web-1" ? new StepOutcome.Failed("No.") : StepOutcome.Succeeded.Plain);
        simulation.WorkUntil(run => run.In(Stage.Execute, 1).All(targetRun => targetRun.Status is TargetRunStatus.InProgress));
        simulation.Run.In(Stage.Execute, 1).ShouldAllBe(targetRun => targetRun.EndedAt == null);

        simulation.Work();
        simulation.Run.In(Stage.Execute, 1).Select(targetRun => (targetRun.Status, targetRun.BeganAt, targetRun.EndedAt))
            .ShouldBe([(TargetRunStatus.Failed, Start, Start.AddMinutes(1)), (TargetRunStatus.Succeeded, Start, Start.AddMinutes(1))]);

        simulation.Now += TimeSpan.FromHours(1);
        simulation.Run.ExcludeTargets(["web-1"], 50, mayExceed: false, Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Run.In(Stage.Execute, 1).First().EndedAt.ShouldBe(simulation.Now, "it was left out then");
    }

    [Fact]
    public void The_record_begins_with_who_started_the_run()
    {
        var started = Soaking().Events.ShouldHaveSingleItem();
        (started.Number, started.Became, started.Text, started.By).ShouldBe((1, "Queued", "Paul started the run.", Given.Paul));
    }

    [Fact]
    public void The_record_says_what_a_worker_took_and_what_it_did_on_which_target()
    {
        var events = Soaking().Work().Events;
        var onWeb1 = events.SkipWhile(happened => happened.Subject != "stage:Execute").Where(happened => happened.Text.StartsWith("web-1", StringComparison.Ordinal)).Select(happened => (happened.Became, happened.Text));
        onWeb1.Take(7).ShouldBe(
        [
            ("Ready", "web-1"), ("InProgress", "web-1: taken by w1."), ("Running", "web-1: Upload"), ("Succeeded", "web-1: Upload"),
            ("Running", "web-1: Switch"), ("Succeeded", "web-1: Switch"), ("Succeeded", "web-1"),
        ]);
    }

    [Fact]
    public void A_run_is_looked_at_with_target_runs_that_were_read_apart()
    {
        var (targets, expansion) = (Given.Targets(2), Given.Expansion(Given.Model(), Given.Targets(2)));
        expansion.Expand().Error.ShouldBeNull();
        var run = Given.Run(targets);
        var known = run.TargetRuns.Count;

        run.With(expansion.TargetRuns).ShouldBe(run);
        run.TargetRuns.Count.ShouldBe(known + expansion.TargetRuns.Count);
        expansion.TargetRuns.ShouldAllBe(targetRun => targetRun.RunId == run.Id);
    }

    /// <summary>Two phases of one target each, observed for ten minutes each.</summary>
    private static Simulation Soaking()
    {
        var given = Given.Model("1");
        var model = given with { Execute = given.Execute with { Soak = "10m" } };
        var targets = Given.Targets(2);
        return new Simulation(Given.Run(targets, model), targets, (_, _) => StepOutcome.Succeeded.Plain, model: model);
    }
}
