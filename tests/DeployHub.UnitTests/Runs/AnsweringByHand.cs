using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>What an answer needs, what is kept of it, and what follows from it.</summary>
public sealed class AnsweringByHand
{
    private static readonly AnswerGiven Done = new(ManualAnswer.Done);
    private static readonly Evidence Photo = new("photo.jpg", "sha256:44b5");

    [Fact]
    public void Each_target_is_asked_for_itself()
    {
        var run = Waiting(2, Swap()).Run;
        run.WaitingFor.ShouldBe(WaitingReason.ManualStep);
        foreach (var target in (string[])["web-1", "web-2"]) run.Asked(Stage.Execute, target, 1).Value.ShouldBe(On(run, target).Id);
    }

    [Fact]
    public void Nobody_answers_what_is_not_there()
    {
        var run = Waiting(1, Swap()).Run;
        run.Answer(TargetRunId.New(), 1, Done, Given.Paul, Given.Now).Error.ShouldBe(RunErrors.NoSuchManualStep);
        run.Confirm(TargetRunId.New(), 1, Given.Paul, Given.Now).Error.ShouldBe(RunErrors.NothingToConfirm);
    }

    [Fact]
    public void Whoever_does_it_in_the_place_of_others_is_told_with_the_reason_which_is_no_evidence()
    {
        var taken = new TakenOver("Rita", "Rita is ill.");
        var run = Waiting(1, Swap(EvidenceRule.Note)).Run;
        Answer(run, Done with { TakenOver = taken }).Error.ShouldBe(RunErrors.EvidenceMissing);
        Answer(run, Done with { TakenOver = taken, Note = "I saw it." }).Error.ShouldBeNull();

        Attempt(run).WhatShowsIt().ShouldBe([new Evidence("Note", "I saw it."), new Evidence("In the place of Rita", "Rita is ill.")]);
        run.TakeNewEvents().ShouldContain(happened => happened.Text.Contains("in the place of Rita (Rita is ill.)"));
    }

    [Fact]
    public void A_file_is_attached_where_the_step_asks_for_one()
    {
        var run = Waiting(1, Swap(EvidenceRule.File)).Run;
        Answer(run, Done with { Note = "I saw it." }).Error.ShouldBe(RunErrors.EvidenceFileMissing);
        Answer(run, Done with { Files = [Photo] }).Error.ShouldBeNull();
        Attempt(run).WhatShowsIt().ShouldBe([Photo]);
    }

    [Fact]
    public void Where_the_step_asks_for_evidence_a_note_or_a_file_will_do_and_silence_will_not()
    {
        Answer(Waiting(1, Swap(EvidenceRule.Note)).Run, Done with { Note = " " }).Error.ShouldBe(RunErrors.EvidenceMissing);
        Answer(Waiting(1, Swap(EvidenceRule.Note)).Run, Done with { Note = "I saw it." }).Error.ShouldBeNull();
        Answer(Waiting(1, Swap(EvidenceRule.Note)).Run, Done with { Files = [Photo] }).Error.ShouldBeNull();
        Answer(Waiting(1, Swap()).Run, Done).Error.ShouldBeNull();
    }

    [Fact]
    public void Whoever_could_not_do_it_says_why_and_the_record_shows_it()
    {
        var run = Waiting(1, Swap()).Run;
        Answer(run, new AnswerGiven(ManualAnswer.NotDone, " ")).Error.ShouldBe(RunErrors.AnswerUnexplained);
        Answer(run, new AnswerGiven(ManualAnswer.NotDone, "The door is locked.") { Files = [Photo] }).Error.ShouldBeNull();

        run.OpenHalt!.Cause.ShouldBe(HaltCause.ManualStepRejected);
        Attempt(run).WhatShowsIt().ShouldBe([new Evidence("Note", "The door is locked."), Photo]);
    }

    [Fact]
    public void Everything_that_is_asked_for_may_be_read_off_at_once_and_is_there_for_later_steps()
    {
        var run = Waiting(1, new StepDefinition("Read the label", new ManualWork("Read it.", EvidenceRule.None, Values: [new("serial"), new("colour")]))).Run;
        Answer(run, Done with { Values = new Dictionary<string, string> { ["serial"] = "SN-1", ["colour"] = "red" } }).Error.ShouldBeNull();

        Attempt(run).Outcome!.Outputs.ShouldBe(new Dictionary<string, string> { ["serial"] = "SN-1", ["colour"] = "red" });
    }

    [Fact]
    public void A_step_at_which_nothing_is_read_off_says_nothing_to_later_steps()
    {
        var run = Waiting(1, Swap()).Run;
        Answer(run, Done).Error.ShouldBeNull();
        Attempt(run).Outcome!.Outputs.ShouldBeNull();
    }

    [Fact]
    public void What_people_did_last_is_on_the_target_from_then_on_and_what_is_only_for_a_failure_has_no_turn()
    {
        var simulation = Waiting(1, Swap(), new StepDefinition("Undo", new RunScript(["undo"])) { Runs = StepRuns.OnFailure });
        Answer(simulation.Run, Done).Error.ShouldBeNull();

        On(simulation.Run, "web-1").Status.ShouldBe(TargetRunStatus.Succeeded);
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        simulation.Visits.ShouldNotContain("Execute web-1 Undo");
        simulation.Observations.ShouldBe([new Observation(simulation.Targets[0].Id, Given.New.ComponentId, Given.New.VersionId)]);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void What_could_not_be_done_and_may_fail_stops_nothing()
    {
        var simulation = Waiting(1, Swap() with { IfItFails = IfItFails.GoOn }, new StepDefinition("Start", new RunScript(["start"])));
        Answer(simulation.Run, new AnswerGiven(ManualAnswer.Problem, "The door is locked.")).Error.ShouldBeNull();

        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        On(simulation.Run, "web-1").Steps.Select(step => step.Status).ShouldBe([StepStatus.Tolerated, StepStatus.Succeeded]);
    }

    [Fact]
    public void The_record_says_who_did_what_a_second_person_has_yet_to_confirm()
    {
        var simulation = Waiting(1, new StepDefinition("Switch it on", new ManualWork("Switch it on.", EvidenceRule.None, ConfirmedBySecond: true)));
        Answer(simulation.Run, Done).Error.ShouldBeNull();

        simulation.Run.TakeNewEvents().ShouldContain(happened => happened.By == Given.Paul && happened.Text == "web-1: Paul answered “done”; a second person confirms it");
    }

    private static StepDefinition Swap(EvidenceRule evidence = EvidenceRule.None) => new("Swap the disk", new ManualWork("Swap it.", evidence));

    private static TargetRun On(Run run, string target) => run.In(Stage.Execute, 1).Single(targetRun => targetRun.Subject == target);

    private static Attempt Attempt(Run run) => On(run, "web-1").Steps[0].LastAttempt!;

    private static Result Answer(Run run, AnswerGiven given) => run.Answer(On(run, "web-1").Id, 1, given, Given.Paul, Given.Now);

    private static Simulation Waiting(int count, params StepDefinition[] steps)
    {
        var targets = Given.Targets(count);
        var model = Given.Model("100%", "0", steps);
        return new Simulation(Given.Run(targets, model), targets, (_, step) => step.Settings is ManualWork ? new StepOutcome.NeedsPerson() : StepOutcome.Succeeded.Plain, model: model).Work();
    }
}
