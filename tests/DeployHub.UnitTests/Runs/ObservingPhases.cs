using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>Soak, promotion, breach and the way back: canary, rings and blue/green as one mechanism (domain §2.5, J3).</summary>
public sealed class ObservingPhases
{
    private static readonly TimeSpan Soak = TimeSpan.FromMinutes(10);

    [Fact]
    public void A_canary_shifts_the_traffic_observes_and_goes_on_by_itself()
    {
        var simulation = Canary(Fine).Work();

        simulation.Run.OutcomeOf().ShouldBe(Outcome.Succeeded);
        simulation.Visits.Where(visit => visit.StartsWith("Execute")).ShouldBe(
        [
            "Execute web-1 Upload", "Execute web-1 Switch", "Execute production Shift", "Execute Errors Errors",
            "Execute web-2 Upload", "Execute web-2 Switch", "Execute web-3 Upload", "Execute web-3 Switch", "Execute production Shift", "Execute Errors Errors",
        ], ignoreOrder: false);
        (simulation.Now - Given.Now).ShouldBe(2 * Soak);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void What_is_observed_says_until_when_and_with_how_much_exposed()
    {
        var simulation = Canary((targetRun, _) => targetRun.Part is PhasePart.Watch ? new StepOutcome.StillRunning("", TimeSpan.FromHours(2)) : StepOutcome.Succeeded.Plain);
        for (var rounds = 0; rounds < 20 && simulation.Run.ObservedPhase is null; rounds++) simulation.WorkOnce();

        simulation.Run.Status.ShouldBe(RunStatus.Waiting);
        simulation.Run.WaitingFor.ShouldBe(WaitingReason.Soak);
        simulation.Run.WaitingSentence.ShouldBe("Canary is observed until 10:10:00 UTC before anything else begins.");
        simulation.Run.Exposure().ShouldBe(10);
    }

    [Fact]
    public void Where_only_checks_observe_nobody_says_until_when()
    {
        var simulation = Canary(
            (targetRun, _) => targetRun.Part is PhasePart.Watch ? new StepOutcome.StillRunning("", TimeSpan.FromHours(2)) : StepOutcome.Succeeded.Plain,
            model => model with { Execute = model.Execute with { Soak = "0s" } }).WorkUntil(run => run.WaitingFor is WaitingReason.Soak);

        simulation.Run.WaitingSentence.ShouldBe("Canary is observed before anything else begins.");
    }

    [Theory]
    [InlineData(null, HaltCause.MetricBreach)]
    [InlineData(HaltCause.HealthCheckFailed, HaltCause.HealthCheckFailed)]
    public void A_check_that_observes_and_fails_is_a_breach_unless_it_says_what_it_found(HaltCause? found, HaltCause cause)
    {
        var simulation = Canary(
            (targetRun, _) => targetRun.Part is PhasePart.Watch ? new StepOutcome.Failed("It answers 503.", found) : StepOutcome.Succeeded.Plain,
            model => model with { Execute = model.Execute with { OnBreach = OnBreach.Halt } }).Work();

        simulation.Run.OpenHalt!.Cause.ShouldBe(cause);
    }

    [Fact]
    public void A_breach_rolls_back_at_once_the_traffic_first()
    {
        var simulation = Canary(Breach).Work();

        simulation.Run.Status.ShouldBe(RunStatus.RolledBack);
        var halt = simulation.Run.Halts.ShouldHaveSingleItem();
        halt.Cause.ShouldBe(HaltCause.MetricBreach);
        halt.Sentence.ShouldBe("“Errors” failed while Canary was observed: 0.014 > 0.007, seen 3 times in a row.");
        halt.Resolution!.Choice.ShouldBe(ResolutionChoice.RollBack);
        halt.Resolution.At.ShouldBe(halt.At);
        simulation.Visits.Skip(simulation.Visits.IndexOf("Execute Errors Errors") + 1).ShouldBe(["Execute production Shift back", "Execute web-1 Upload", "Execute web-1 Switch", "Execute web-1 Read back"]);
        simulation.Run.Exposure().ShouldBe(0);
        simulation.Run.ResultOf(simulation.Targets[2].Id).ShouldBe(TargetResult.Pending);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void A_breach_halts_for_people_where_the_model_says_so_or_nothing_leads_back()
    {
        var halting = Canary(Breach, model => model with { Execute = model.Execute with { OnBreach = OnBreach.Halt } }).Work();
        halting.Run.Status.ShouldBe(RunStatus.Halted);
        halting.Run.OpenHalt!.AutomaticAction.ShouldBeNull();
        halting.Run.ContinueManually(Given.Decision(halting.Now)).Error.ShouldBe(RunErrors.StepNotByHand);

        halting.Run.Retry(Given.Decision(halting.Now)).Error.ShouldBeNull();
        halting.Run.Halts[^1].IsOpen.ShouldBeFalse();
        halting.Work().Run.OpenHalt!.Cause.ShouldBe(HaltCause.MetricBreach, "it is observed anew and breaches anew");
        halting.ShouldFoldToItsState();
    }

    [Fact]
    public void Nothing_is_promoted_on_missing_data()
    {
        var isBlind = true;
        var simulation = Canary((targetRun, _) => targetRun.Part is PhasePart.Watch && isBlind ? new StepOutcome.Inconclusive("It rests on 12 samples.") : StepOutcome.Succeeded.Plain).WorkUntil(run => run.Status is RunStatus.Waiting && run.WaitingFor is WaitingReason.Promotion);

        var run = simulation.Run;
        run.WaitingSentence!.ShouldContain("It rests on 12 samples.");
        run.Promote(1, " ", Given.Dora, simulation.Now).Error.ShouldBe(RunErrors.PromotionUnexplained);
        run.Promote(2, "No matter.", Given.Dora, simulation.Now).Error!.Code.ShouldBe("run.nothing-to-promote");

        isBlind = false;
        run.ExtendSoak(1, Soak, "Too little traffic.", Given.Dora, simulation.Now).Error.ShouldBeNull();
        simulation.Work();
        run.OutcomeOf().ShouldBe(Outcome.Succeeded, "after more time the check could tell");
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void A_person_who_promotes_on_missing_data_is_an_intervention()
    {
        var simulation = Canary((targetRun, _) => targetRun is { Part: PhasePart.Watch, Phase: 1 } ? new StepOutcome.Inconclusive("No value.") : StepOutcome.Succeeded.Plain).WorkUntil(run => run.WaitingFor is WaitingReason.Promotion);
        simulation.Run.Promote(1, "Seen by eye.", Given.Dora, simulation.Now).Error.ShouldBeNull();
        simulation.Work();

        simulation.Run.Of(Stage.Execute).Status.ShouldBe(StageStatus.PassedWithWaiver);
        simulation.Run.OutcomeOf().ShouldBe(Outcome.SucceededAfterIntervention);
        simulation.Visits.Count(visit => visit == "Execute production Shift").ShouldBe(2, "the next phase shifts the traffic, too");
        simulation.Visits.Count(visit => visit == "Execute Errors Errors").ShouldBe(2, "and is observed");
        simulation.ShouldFoldToItsState();
    }

    [Theory]
    [InlineData(" Seen by eye. ", "Seen by eye.", "Dora promoted R0: Seen by eye.")]
    [InlineData(" ", null, "Dora promoted R0.")]
    public void The_record_says_who_promoted_a_phase_and_why(string said, string? reason, string text)
    {
        var simulation = Rings().WorkUntil(run => run.WaitingFor is WaitingReason.Promotion);
        simulation.Run.Promote(1, said, Given.Dora, simulation.Now).Error.ShouldBeNull();

        simulation.Run.Of(Stage.Execute).Phases[0].PromotedBy.ShouldBe(new PhasePromotion(Given.Dora, simulation.Now, reason));
        simulation.Run.TakeNewEvents()[0].ShouldSatisfyAllConditions(
            happened => happened.Subject.ShouldBe("promotion:Execute/1"), happened => happened.Text.ShouldBe(text), happened => happened.By.ShouldBe(Given.Dora));
    }

    [Fact]
    public void More_time_counts_from_the_end_of_the_soak_and_from_now_when_that_is_over()
    {
        var simulation = Rings().WorkUntil(run => run.WaitingFor is WaitingReason.Soak);
        var (run, phase) = (simulation.Run, simulation.Run.ObservedPhase!);
        simulation.Now += TimeSpan.FromMinutes(30);
        run.ExtendSoak(1, TimeSpan.Zero, "Unsure.", Given.Dora, simulation.Now).Error.ShouldBe(RunErrors.ExtensionTooShort);
        run.ExtendSoak(1, Soak, "Unsure.", Given.Dora, simulation.Now).Error.ShouldBeNull();
        phase.SoaksUntil.ShouldBe(Given.Now + TimeSpan.FromHours(1) + Soak);
        run.TakeNewEvents().Single(happened => happened.Subject == "promotion:Execute/1").Text.ShouldBe("Dora lets R0 soak until 11:10:00 UTC: Unsure.");

        simulation = Rings().WorkUntil(waiting => waiting.WaitingFor is WaitingReason.Promotion);
        simulation.Now += TimeSpan.FromHours(3);
        simulation.Run.ExtendSoak(1, Soak, "Unsure.", Given.Dora, simulation.Now).Error.ShouldBeNull();
        simulation.Run.ObservedPhase!.SoaksUntil.ShouldBe(simulation.Now + Soak);
    }

    [Fact]
    public void A_check_that_still_looks_looks_on_when_the_soak_is_extended()
    {
        var simulation = Canary((targetRun, step) => targetRun.Part is PhasePart.Watch && step.Ticket is null ? new StepOutcome.StillRunning("1", Soak) : StepOutcome.Succeeded.Plain)
            .WorkUntil(run => run.ObservedPhase is not null && run.UnclearWatches().Count == 0 && run.In(Stage.Execute, 1).Any(targetRun => targetRun is { Part: PhasePart.Watch, Status: TargetRunStatus.InProgress }));
        simulation.Run.ExtendSoak(1, Soak, "Unsure.", Given.Dora, simulation.Now).Error.ShouldBeNull();

        simulation.Work().Run.OutcomeOf().ShouldBe(Outcome.Succeeded);
        (simulation.Now - Given.Now).ShouldBe(3 * Soak);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void A_check_that_looks_for_longer_than_the_soak_is_waited_for_until_it_is_due()
    {
        var simulation = Canary((targetRun, _) => targetRun.Part is PhasePart.Watch ? new StepOutcome.StillRunning("1", TimeSpan.FromHours(2)) : StepOutcome.Succeeded.Plain)
            .WorkUntil(run => run.In(Stage.Execute, 1).Any(targetRun => targetRun is { Part: PhasePart.Watch, Status: TargetRunStatus.InProgress }));
        simulation.Run.DueAt.ShouldBe(Given.Now + Soak);

        simulation.Now = Given.Now + Soak;
        simulation.Advance();
        simulation.Run.DueAt.ShouldBe(Given.Now + TimeSpan.FromHours(2));
    }

    [Theory]
    [InlineData(false, 10)]
    [InlineData(true, 16)]
    public void A_phase_that_goes_on_after_a_waiver_soaks_for_the_rest_and_after_a_retry_anew(bool isRetried, int until)
    {
        var isBroken = true;
        var simulation = Canary(
            (targetRun, _) => targetRun.Part is PhasePart.Watch && isBroken ? new StepOutcome.Failed("0.014 > 0.007.", HaltCause.MetricBreach) : StepOutcome.Succeeded.Plain,
            model => model with { Execute = model.Execute with { OnBreach = OnBreach.Halt } }).Work();
        isBroken = false;
        simulation.Now = Given.Now.AddMinutes(6);
        (isRetried ? simulation.Run.Retry(Given.Decision(simulation.Now)) : simulation.Run.AcceptWithWaiver(Given.Waiving(simulation.Now))).Error.ShouldBeNull();
        simulation.WorkUntil(run => run.ObservedPhase is not null);

        simulation.Run.ObservedPhase!.SoaksUntil.ShouldBe(Given.Now.AddMinutes(until));
    }

    [Fact]
    public void A_run_that_is_stopped_while_it_observes_has_nothing_to_look_at_until_people_decide()
    {
        var simulation = Canary((targetRun, _) => targetRun.Part is PhasePart.Watch ? new StepOutcome.StillRunning("1", TimeSpan.FromHours(2)) : StepOutcome.Succeeded.Plain)
            .WorkUntil(run => run.In(Stage.Execute, 1).Any(targetRun => targetRun is { Part: PhasePart.Watch, Status: TargetRunStatus.InProgress }));
        simulation.Run.Stop("Unsure", Given.Dora, simulation.Now).Error.ShouldBeNull();
        simulation.Advance();
        simulation.Run.DueAt.ShouldBe(Given.Now + TimeSpan.FromHours(2), "only what is under way is looked at");

        simulation.Run.Abandon(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Run.TargetRuns.Where(targetRun => targetRun.Part is PhasePart.Watch).ShouldAllBe(watch => watch.Status == TargetRunStatus.NotStarted);
        simulation.Work().ShouldFoldToItsState();
    }

    [Fact]
    public void A_question_that_nobody_answers_halts()
    {
        var simulation = Canary((targetRun, _) => targetRun.Part is PhasePart.Watch ? new StepOutcome.Inconclusive("No value.") : StepOutcome.Succeeded.Plain).Work();

        simulation.Run.OpenHalt!.Cause.ShouldBe(HaltCause.AnalysisInconclusive);
        simulation.Run.OpenHalt.RollsBack.ShouldBeFalse();
    }

    [Fact]
    public void Rings_wait_for_a_person_between_each_other_and_not_after_the_last()
    {
        var simulation = Rings();
        foreach (var phase in (int[])[1, 2])
        {
            simulation.WorkUntil(run => run.WaitingFor is WaitingReason.Promotion);
            simulation.Run.ObservedPhase!.Number.ShouldBe(phase);
            simulation.Run.Promote(phase, null, Given.Dora, simulation.Now).Error.ShouldBeNull();
        }

        simulation.Work().Run.OutcomeOf().ShouldBe(Outcome.Succeeded);
        (simulation.Now - Given.Now).ShouldBe(TimeSpan.FromHours(3));
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void Blue_green_switches_back_and_leaves_the_idle_twin_alone()
    {
        var model = Given.Model() with
        {
            Execute = Given.Model().Execute with
            {
                Phases = new PhaseList([new("Idle twin", Traffic: "0%"), new("Switch", "none", "100%", "10m")]),
                Switch = [new("Shift", new RunScript(["shift", "${phase.traffic}"]))],
                Watch = [new("Errors", new CheckMetric("http://metrics", "errors"))],
                OnBreach = OnBreach.RollBack,
            },
            Rollback = new RollbackDefinition(RollbackMethod.SwitchBack, Switch: [new("Shift back", new RunScript(["shift", "${phase.traffic}"]))]),
        };
        var targets = Given.Targets(2);
        var simulation = new Simulation(Given.Run(targets, model), targets, (targetRun, step) => targetRun.Phase == 2 ? Breach(targetRun, step) : Fine(targetRun, step), model: model).Work();

        simulation.Run.Status.ShouldBe(RunStatus.RolledBack);
        simulation.Visits[^1].ShouldBe("Execute production Shift back");
        simulation.Observations.Count.ShouldBe(2, "what is on the idle twin stays there");
        simulation.Run.ResultOf(targets[0].Id).ShouldBe(TargetResult.RolledBack);
    }

    private static Simulation Rings()
    {
        var model = Given.Model() with
        {
            Execute = Given.Model().Execute with { Phases = new PhaseList([new("R0", "1"), new("R1", "1"), new("R2")]), Soak = "1h", Promotion = Promotion.Manual },
        };
        var targets = Given.Targets(4);
        return new Simulation(Given.Run(targets, model), targets, Fine, model: model);
    }

    private static Simulation Canary(Func<TargetRun, StepRun, StepOutcome> world, Func<ModelContent, ModelContent>? change = null)
    {
        var given = Given.Model();
        var model = given with
        {
            Approach = Approach.Canary,
            Execute = given.Execute with
            {
                Phases = new PhaseList([new("Canary", "1", "10%"), new("Everyone", "rest", "100%")]),
                Soak = "10m",
                OnBreach = OnBreach.RollBack,
                Switch = [new("Shift", new RunScript(["shift", "${phase.traffic}"]))],
                Watch = [new("Errors", new CheckMetric("http://metrics", "errors"))],
            },
            Rollback = given.Rollback with { Switch = [new("Shift back", new RunScript(["shift", "${phase.traffic}"]))] },
        };
        model = change?.Invoke(model) ?? model;
        var targets = Given.Targets(3);
        return new Simulation(Given.Run(targets, model), targets, world, model: model);
    }

    private static StepOutcome Fine(TargetRun targetRun, StepRun step) => StepOutcome.Succeeded.Plain;

    private static StepOutcome Breach(TargetRun targetRun, StepRun step) =>
        targetRun.Part is PhasePart.Watch ? new StepOutcome.Failed("0.014 > 0.007, seen 3 times in a row.", HaltCause.MetricBreach) : StepOutcome.Succeeded.Plain;
}
