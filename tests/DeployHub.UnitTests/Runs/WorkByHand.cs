using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>Steps that people do: what the run says it waits for, and what becomes of them when it halts.</summary>
public sealed class WorkByHand
{
    private static readonly StepDefinition[] Steps = [new("Swap the disk", new ManualWork("Swap it.", EvidenceRule.None, "5m")), new("Close the rack", new ManualWork("Close it.", EvidenceRule.None, "1m"))];

    [Fact]
    public void Names_only_those_who_still_wait_as_soon_as_one_has_answered()
    {
        var run = Waiting(targets: 3).Run;
        run.WaitingSentence.ShouldBe("A person has to do “Swap the disk” on web-1, web-2 and web-3.");

        Answer(run, "web-1", 1, ManualAnswer.Done);
        run.Status.ShouldBe(RunStatus.Running, "a worker has the next step of web-1 to look at");
        run.TasksSentence.ShouldBe("A person has to do “Swap the disk” on web-2 and web-3.");
    }

    [Fact]
    public void Names_the_step_of_those_it_lists_and_no_others()
    {
        var simulation = Waiting(targets: 2);
        Answer(simulation.Run, "web-2", 1, ManualAnswer.Done);
        simulation.Work();

        simulation.Run.WaitingSentence.ShouldBe("A person has to do “Swap the disk” on web-1.");
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void Waits_for_nothing_any_more_when_all_have_answered()
    {
        var simulation = Waiting(targets: 2);
        foreach (var step in (int[])[1, 2])
        {
            foreach (var target in (string[])["web-1", "web-2"]) Answer(simulation.Run, target, step, ManualAnswer.Done);
            simulation.Run.WaitingSentence.ShouldBeNull();
            simulation.Work();
        }

        simulation.Run.Status.ShouldBe(RunStatus.Succeeded);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void Halts_at_once_when_somebody_answers_that_it_cannot_be_done()
    {
        var simulation = Waiting(targets: 2);
        Answer(simulation.Run, "web-1", 1, ManualAnswer.Problem);

        simulation.Run.OpenHalt!.Cause.ShouldBe(HaltCause.ManualStepRejected);
        simulation.Work().ShouldFoldToItsState();
    }

    [Fact]
    public void Halts_when_its_time_is_over_and_a_retry_asks_again()
    {
        var simulation = Waiting(targets: 2);
        var run = simulation.Run;
        Answer(run, "web-1", 1, ManualAnswer.Done);
        simulation.Work();
        simulation.PeopleAreLate = true;
        simulation.Work();

        simulation.Now.ShouldBe(Given.Now + TimeSpan.FromMinutes(15));
        (run.OpenHalt!.Cause, run.OpenHalt.Sentence).ShouldBe((HaltCause.ManualStepOverdue, "“Close the rack” failed on web-1 and 1 other: Nobody answered by 2026-11-23 10:15 UTC."));
        simulation.PeopleAreLate = false;
        run.Retry(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work();
        Answer(run, "web-2", 1, ManualAnswer.Done);
        simulation.Work().ShouldFoldToItsState();
    }

    [Fact]
    public void The_time_for_which_a_run_was_halted_counts_for_nobody()
    {
        var simulation = Waiting(targets: 1);
        var run = simulation.Run;
        run.Stop("The wrong rack", Given.Dora, simulation.Now).Error.ShouldBeNull();
        simulation.Now += TimeSpan.FromDays(2);
        run.Retry(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.PeopleAreLate = true;
        simulation.WorkUntil(running => running.OpenHalt is not null);

        simulation.Now.ShouldBe(Given.Now + TimeSpan.FromDays(2) + TimeSpan.FromMinutes(15));
    }

    [Fact]
    public void Rests_while_the_run_is_halted_and_asks_again_when_it_goes_on()
    {
        var simulation = Waiting(targets: 2);
        var run = simulation.Run;
        run.Stop("The wrong rack", Given.Dora, simulation.Now).Error.ShouldBeNull();

        simulation.Now += TimeSpan.FromHours(1);
        simulation.Advance();
        run.TargetRuns.Count(targetRun => targetRun.Status is TargetRunStatus.WaitingForPerson).ShouldBe(2, "nobody is late while nobody can answer");
        run.TasksSentence.ShouldBeNull();
        TryToAnswer(run, "web-1", 1, ManualAnswer.Done).Error.ShouldBe(RunErrors.TasksRest);
        run.Retry(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work();
        run.WaitingSentence.ShouldBe("A person has to do “Swap the disk” on web-1 and web-2.");
        Answer(run, "web-1", 1, ManualAnswer.Done);
        simulation.Work().ShouldFoldToItsState();
    }

    [Fact]
    public void Asks_for_nothing_of_the_way_forward_while_it_is_rolled_back()
    {
        var simulation = Waiting(targets: 1);
        var run = simulation.Run;
        run.Stop("The wrong rack", Given.Dora, simulation.Now).Error.ShouldBeNull();
        simulation.RollBack(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work();

        run.TargetRuns.Count(targetRun => targetRun.Status is TargetRunStatus.WaitingForPerson).ShouldBe(1);
        foreach (var step in (int[])[1, 2])
        {
            Answer(run, "web-1", step, ManualAnswer.Done);
            simulation.Work();
        }

        run.Status.ShouldBe(RunStatus.RolledBack);
        simulation.Observations.ShouldAllBe(seen => seen.VersionId == Given.Old.VersionId);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void Is_not_done_before_every_value_was_read_and_looks_like_one()
    {
        var run = Waiting(targets: 1, Reading).Run;
        TryToAnswer(run, "web-1", 1, Read()).Error!.Message.ShouldContain("asks for “serial”");
        TryToAnswer(run, "web-1", 1, Read(("serial", "4711"))).Error!.Message.ShouldContain("SN-[0-9]+");
        TryToAnswer(run, "web-1", 1, Read(("serial", "SN-1"), ("colour", "red"))).Error!.Code.ShouldBe("run.value-unknown");

        TryToAnswer(run, "web-1", 1, Read(("serial", " SN-1 "))).Error.ShouldBeNull();
        Attempt(run).WhatShowsIt().ShouldBe([new Evidence("Value serial", "SN-1")]);
    }

    [Fact]
    public void Fails_when_a_value_differs_from_what_was_expected()
    {
        var simulation = Waiting(targets: 1, Reading);
        TryToAnswer(simulation.Run, "web-1", 1, Read(("serial", "SN-2"))).Error.ShouldBeNull();

        simulation.Run.OpenHalt!.Cause.ShouldBe(HaltCause.ManualStepRejected);
        simulation.Run.OpenHalt.Sentence.ShouldContain("serial is SN-2 where SN-1 was expected");
        Attempt(simulation.Run).WhatShowsIt().ShouldBe([new Evidence("Value serial", "SN-2")], "the record shows what was read");
        simulation.Work().ShouldFoldToItsState();
    }

    [Fact]
    public void A_delivery_that_is_not_what_was_registered_halts_like_forged_bytes_and_is_never_waived()
    {
        var model = Given.Model() with { VerifyComponents = Reading };
        var simulation = Waiting(Given.Targets(1), model);
        var asked = simulation.Run.Asked(Stage.VerifyComponents, "web 1.1.0", 1).Value;
        simulation.Run.Answer(asked, 1, Read(("serial", "SN-2")), Given.Paul, Given.Now).Error.ShouldBeNull();

        simulation.Run.OpenHalt!.Cause.ShouldBe(HaltCause.DigestMismatch);
        simulation.Run.MayBeWaived.ShouldBeFalse();
    }

    [Fact]
    public void Keeps_the_time_of_a_device_beside_the_time_of_receipt_which_counts()
    {
        var run = Waiting(targets: 1).Run;
        TryToAnswer(run, "web-1", 1, new AnswerGiven(ManualAnswer.Done) { OnDeviceAt = Given.Now.AddMinutes(-17) }).Error.ShouldBeNull();

        Attempt(run).ShouldSatisfyAllConditions(attempt => attempt.EndedAt.ShouldBe(Given.Now), attempt => attempt.OnDeviceAt.ShouldBe(Given.Now.AddMinutes(-17)));
        run.TakeNewEvents().ShouldContain(happened => happened.Text.Contains("09:43 UTC on the device") && happened.At == Given.Now);
    }

    [Fact]
    public void Tells_an_answer_that_comes_too_early_from_one_that_comes_too_late()
    {
        var simulation = Waiting(targets: 1);
        var run = simulation.Run;
        run.Asked(Stage.Execute, "web-1", 2).Error.ShouldBe(RunErrors.ManualStepNotYet);
        run.Asked(Stage.Execute, "web-1", 1, attempt: 2).Error.ShouldBe(RunErrors.NoSuchManualStep);
        Answer(run, "web-1", 1, ManualAnswer.Done);
        run.Asked(Stage.Execute, "web-1", 1, attempt: 1).Error.ShouldBe(RunErrors.NoSuchManualStep);
        run.Asked(Stage.Execute, "web-1", 2, attempt: 1).Error.ShouldBe(RunErrors.ManualStepNotYet);

        simulation.Work();
        run.Asked(Stage.Execute, "web-1", 2, attempt: 1).Error.ShouldBeNull();
        run.Stop("The wrong rack", Given.Dora, simulation.Now).Error.ShouldBeNull();
        run.Asked(Stage.Execute, "web-1", 1, attempt: 1).Error.ShouldBe(RunErrors.TasksRest);
    }

    [Fact]
    public void Waits_for_a_second_person_where_the_model_wants_one()
    {
        var simulation = Waiting(targets: 1, [new("Switch it on", new ManualWork("Switch it on.", EvidenceRule.None, ConfirmedBySecond: true))]);
        var (run, asked) = (simulation.Run, simulation.Run.Asked(Stage.Execute, "web-1", 1).Value);
        run.Confirm(asked, 1, Given.Dora, Given.Now).Error.ShouldBe(RunErrors.NothingToConfirm);
        Answer(run, "web-1", 1, ManualAnswer.Done);

        run.WaitingSentence.ShouldBe("A second person has to confirm “Switch it on” on web-1.");
        TryToAnswer(run, "web-1", 1, ManualAnswer.Done).Error.ShouldBe(RunErrors.ReportedAlready);
        run.Confirm(asked, 1, Given.Paul, Given.Now).Error.ShouldBe(RunErrors.ConfirmedByTheSame);
        run.Confirm(asked, 1, Given.Dora, Given.Now).Error.ShouldBeNull();
        Attempt(run).ShouldSatisfyAllConditions(
            attempt => attempt.AnsweredBy.ShouldBe(Given.Paul), attempt => attempt.ConfirmedBy.ShouldBe(Given.Dora), attempt => attempt.WhatShowsIt().ShouldBe([new Evidence("Note", "What I saw")]));
        run.In(Stage.Execute, 1).First().Steps[0].ToBeConfirmed.ShouldBeNull("it is confirmed");
        simulation.Work().ShouldFoldToItsState();
        run.Status.ShouldBe(RunStatus.Succeeded);
    }

    [Fact]
    public void An_answer_belongs_to_the_attempt_that_is_asked_for_now_or_next()
    {
        var simulation = Waiting(targets: 1);
        var steps = simulation.Run.In(Stage.Execute, 1).Single().Steps;
        steps.Select(step => (step.Status, step.NextAnswer)).ShouldBe([(StepStatus.WaitingForPerson, 1), (StepStatus.Pending, 1)]);

        Answer(simulation.Run, "web-1", 1, ManualAnswer.Problem);
        simulation.Work();
        simulation.Run.Retry(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        steps[0].NextAnswer.ShouldBe(2);
    }

    [Fact]
    public void A_second_person_may_also_see_that_it_is_not_done()
    {
        var run = Waiting(targets: 1, [new("Switch it on", new ManualWork("Switch it on.", EvidenceRule.None, ConfirmedBySecond: true))]).Run;
        Answer(run, "web-1", 1, ManualAnswer.Done);
        Answer(run, "web-1", 1, ManualAnswer.Problem);

        run.OpenHalt!.Cause.ShouldBe(HaltCause.ManualStepRejected);
    }

    private static readonly StepDefinition[] Reading = [new("Read the label", new ManualWork("Read it.", EvidenceRule.Note, Values: [new ManualValue("serial", "SN-1", "SN-[0-9]+")])), .. Steps];

    private static AnswerGiven Read(params (string Name, string Value)[] values) => new(ManualAnswer.Done) { Values = values.ToDictionary(value => value.Name, value => value.Value) };

    private static Attempt Attempt(Run run) => run.In(Stage.Execute, 1).First().Steps[0].LastAttempt!;

    private static Simulation Waiting(int targets, StepDefinition[]? steps = null) => Waiting(Given.Targets(targets), Given.Model("100%", "0", steps ?? Steps));

    private static Simulation Waiting(IReadOnlyList<RunTarget> known, ModelContent model) =>
        new Simulation(Given.Run(known, model), known, (_, step) => step.Settings is ManualWork ? new StepOutcome.NeedsPerson() : StepOutcome.Succeeded.Plain, model: model).Work();

    private static void Answer(Run run, string target, int step, ManualAnswer answer) => TryToAnswer(run, target, step, answer).Error.ShouldBeNull();

    private static Domain.Result TryToAnswer(Run run, string target, int step, ManualAnswer answer) => TryToAnswer(run, target, step, new AnswerGiven(answer, "What I saw"));

    private static Domain.Result TryToAnswer(Run run, string target, int step, AnswerGiven given)
    {
        var asked = run.TargetRuns.Single(targetRun => targetRun.Subject == target && targetRun.Status is TargetRunStatus.WaitingForPerson);
        return run.Answer(asked.Id, step, given, Given.Paul, Given.Now);
    }
}
