using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>The start gates, looked at again before each phase (domain §2.4.2, §2.4.6).</summary>
public sealed class CheckingGates
{
    private static readonly Gate Recalled = new(GateKind.Components, false, "1.1.0 was recalled: plan another version.");
    private static readonly Gate SlotOver = new(GateKind.Slot, false, "The slot ended at 2026-11-23 10:00 UTC: it needs a longer one or another.");

    [Fact]
    public void A_gate_that_closes_during_the_run_halts_it_before_the_next_phase_touches_anything()
    {
        var simulation = Started().WorkUntil(run => run.Of(Stage.Execute).Phases[0].Status is PhaseStatus.Running);
        simulation.Gates = [Recalled];
        simulation.Work();

        var halt = simulation.Run.OpenHalt!;
        (halt.Cause, halt.IsAtGate, halt.Sentence).ShouldBe((HaltCause.VersionRecalled, true, "Batch 2 of 2 may not begin. 1.1.0 was recalled: plan another version."));
        simulation.Run.In(Stage.Execute, 1).ShouldAllBe(targetRun => targetRun.Status == TargetRunStatus.Succeeded);
        simulation.Run.In(Stage.Execute, 2).ShouldAllBe(targetRun => targetRun.Status == TargetRunStatus.Pending);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void A_gate_is_looked_at_again_however_often_somebody_says_that_it_is_open()
    {
        var simulation = AtTheGate(Recalled);
        simulation.Run.Retry(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.OpenHalt!.Number.ShouldBe(2);

        simulation.Gates = [];
        simulation.Run.FixAndRecheck(Given.ByHand(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void Leading_back_asks_no_gate()
    {
        var simulation = AtTheGate(Recalled);
        simulation.RollBack(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.RolledBack);
    }

    [Fact]
    public void A_slot_that_is_over_can_be_extended_to_a_time_to_come_only()
    {
        var simulation = AtTheGate(SlotOver);
        simulation.Run.OpenHalt!.Cause.ShouldBe(HaltCause.WindowOverrun);
        simulation.Run.ExtendWindow(simulation.Now, Given.Decision(simulation.Now)).Error.ShouldBe(RunErrors.ExtensionInThePast);

        simulation.Gates = [];
        simulation.Run.ExtendWindow(simulation.Now.AddHours(1), Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
    }

    [Fact]
    public void A_longer_slot_passes_no_freeze()
    {
        var simulation = AtTheGate(SlotOver);
        simulation.Run.ExtendWindow(DateTimeOffset.MaxValue, Given.Decision(simulation.Now)).Error.ShouldBe(RunErrors.ExtensionTooLong);
        simulation.Run.ExtendWindow(simulation.Now.AddHours(1), Given.Decision(simulation.Now), simulation.Now.AddHours(-1)).Error.ShouldBe(RunErrors.StillFrozen);
        simulation.Run.ExtendWindow(simulation.Now.AddHours(1), Given.Decision(simulation.Now), simulation.Now.AddMinutes(1)).Error.ShouldBeNull();
    }

    [Fact]
    public void What_is_granted_while_a_phase_runs_moves_its_end_to_a_later_time_only()
    {
        var simulation = Started().WorkUntil(run => run.Of(Stage.Execute).Phases[0].Status is PhaseStatus.Running);
        var (run, phase, now) = (simulation.Run, simulation.Run.Of(Stage.Execute).Phases[0], simulation.Now);
        run.AllowUntil(now.AddHours(1), now).ShouldBeFalse("the model lets the phase be finished, so nothing ends it");

        phase.HaltsAt = now.AddMinutes(10);
        run.AllowUntil(now.AddMinutes(5), now).ShouldBeFalse();
        phase.HaltsAt.ShouldBe(now.AddMinutes(10));
        run.AllowUntil(now.AddHours(1), now).ShouldBeTrue();
        (phase.HaltsAt, run.DueAt).ShouldBe((now.AddHours(1), now));
        run.AllowUntil(null, now).ShouldBeTrue();
        phase.HaltsAt.ShouldBeNull();
    }

    [Fact]
    public void Only_a_slot_that_is_over_can_be_extended()
    {
        var simulation = AtTheGate(Recalled);
        simulation.Run.ExtendWindow(simulation.Now.AddHours(1), Given.Decision(simulation.Now)).Error.ShouldBe(RunErrors.NotAllowedFor(ResolutionChoice.ExtendWindow, HaltCause.VersionRecalled));
    }

    [Theory]
    [InlineData(AtWindowEnd.FinishPhaseThenWait, RunStatus.Halted)]
    [InlineData(AtWindowEnd.FinishRun, RunStatus.Succeeded)]
    [InlineData(AtWindowEnd.RollBackIfNotDone, RunStatus.RolledBack)]
    public void The_model_says_what_happens_when_the_slot_or_the_window_is_over_or_a_freeze_begins(AtWindowEnd atWindowEnd, RunStatus ends)
    {
        AtTheGate(SlotOver, atWindowEnd).Run.Status.ShouldBe(ends);
        AtTheGate(new Gate(GateKind.Window, false, "No window is open now."), atWindowEnd).Run.Status.ShouldBe(ends);
        AtTheGate(new Gate(GateKind.Freeze, false, "Frozen by “Weekend”."), atWindowEnd).Run.Status.ShouldBe(ends);
    }

    [Fact]
    public void A_slot_that_is_over_before_anything_was_touched_leaves_nothing_to_roll_back()
    {
        var simulation = Started(AtWindowEnd.RollBackIfNotDone);
        simulation.Gates = [SlotOver];
        simulation.Work().Run.Status.ShouldBe(RunStatus.Halted);
        simulation.Run.Postpone(Given.Decision(simulation.Now)).Error.ShouldBeNull();
    }

    [Fact]
    public void A_model_may_halt_inside_a_phase_as_soon_as_the_slot_ends_and_lets_finish_what_is_under_way()
    {
        var given = Given.Model("2", "0", new StepDefinition("Work", new Wait("40m")));
        var (targets, until) = (Given.Targets(2), Given.Now.AddMinutes(50));
        var simulation = new Simulation(
            Given.Run(targets, given with { Execute = given.Execute with { AtWindowEnd = AtWindowEnd.HaltNow } }), targets,
            (targetRun, step) => step is { Settings: Wait, Ticket: null } ? new StepOutcome.StillRunning("1", TimeSpan.FromMinutes(40)) : StepOutcome.Succeeded.Plain);
        simulation.SlotEnd = Given.Now.AddMinutes(10);
        simulation.WorkUntil(run => run.OpenHalt is not null);

        simulation.Now.ShouldBe(Given.Now.AddMinutes(10));
        (simulation.Run.OpenHalt!.Cause, simulation.Run.OpenHalt.Sentence).ShouldBe((HaltCause.WindowOverrun, "Its time was over at 2026-11-23 10:10 UTC, inside All targets. What is under way is let finish."));
        simulation.Work().Run.In(Stage.Execute, 1).ShouldAllBe(targetRun => targetRun.Status == TargetRunStatus.Succeeded);
        simulation.Run.ExtendWindow(until, Given.Decision(simulation.Now)).Error.ShouldBe(null);
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void Where_the_phase_may_be_finished_the_end_of_the_slot_halts_nothing_inside_it()
    {
        var simulation = Started(AtWindowEnd.FinishPhaseThenWait, (_, step) => step is { Name: "Upload", Ticket: null } ? new StepOutcome.StillRunning("1", TimeSpan.FromMinutes(40)) : StepOutcome.Succeeded.Plain);
        simulation.SlotEnd = Given.Now.AddMinutes(10);
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded, "the gate before the next phase is what would halt it");
    }

    [Fact]
    public void The_run_looks_again_when_the_slot_of_the_phase_that_runs_ends()
    {
        var simulation = Started(AtWindowEnd.HaltNow, (targetRun, _) => targetRun is { Stage: Stage.Execute, Phase: 2 } ? new StepOutcome.StillRunning("1", TimeSpan.FromHours(3)) : StepOutcome.Succeeded.Plain);
        simulation.SlotEnd = Given.Now.AddMinutes(10);
        simulation.WorkUntil(run => run.Of(Stage.Execute).Phases[0].Status is PhaseStatus.Running);
        simulation.SlotEnd = Given.Now.AddHours(1);
        simulation.WorkUntil(run => run.In(Stage.Execute, 2).All(targetRun => targetRun is { Status: TargetRunStatus.InProgress, LeaseUntil: null }));

        simulation.Run.DueAt.ShouldBe(Given.Now.AddHours(1));
    }

    [Theory]
    [InlineData(30, 10)]
    [InlineData(5, 5)]
    public void While_it_observes_it_looks_again_when_the_soak_or_the_slot_ends_whichever_is_first(int soak, int due)
    {
        var given = Given.Model();
        var model = given with { Execute = given.Execute with { AtWindowEnd = AtWindowEnd.HaltNow, Soak = $"{soak}m" } };
        var targets = Given.Targets(2);
        var simulation = new Simulation(Given.Run(targets, model), targets, (_, _) => StepOutcome.Succeeded.Plain, model: model) { SlotEnd = Given.Now.AddMinutes(10) }.WorkUntil(run => run.WaitingFor is WaitingReason.Soak);

        simulation.Run.DueAt.ShouldBe(Given.Now.AddMinutes(due));
    }

    private static Simulation AtTheGate(Gate closed, AtWindowEnd atWindowEnd = AtWindowEnd.FinishPhaseThenWait)
    {
        var simulation = Started(atWindowEnd).WorkUntil(run => run.Of(Stage.Execute).Phases[0].Status is PhaseStatus.Running);
        simulation.Gates = [closed];
        return simulation.Work();
    }

    private static Simulation Started(AtWindowEnd atWindowEnd = AtWindowEnd.FinishPhaseThenWait, Func<TargetRun, StepRun, StepOutcome?>? world = null)
    {
        var targets = Given.Targets(4);
        var given = Given.Model();
        var model = given with { Execute = given.Execute with { AtWindowEnd = atWindowEnd } };
        return new Simulation(Given.Run(targets, model), targets, world ?? ((_, _) => StepOutcome.Succeeded.Plain), model: model);
    }
}
