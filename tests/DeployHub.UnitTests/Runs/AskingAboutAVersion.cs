using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>The question box of readers, and what an open question holds (domain J12).</summary>
public sealed class AskingAboutAVersion
{
    [Fact]
    public void A_question_that_blocks_holds_the_promotion_until_it_is_answered()
    {
        var simulation = Pilot();
        Asks(simulation, "At night, too?", true).Value.ShouldBe(1);
        Asks(simulation, "In Swedish, too?", false).Value.ShouldBe(2);
        simulation.Confirm(Reading.Ana).Error.ShouldBeNull();
        simulation.WorkUntil(run => run.WaitingFor is WaitingReason.Promotion);

        simulation.Run.QuestionsInWords.ShouldBe("2 questions, 1 blocking");
        simulation.Run.WaitingSentence.ShouldBe("A person has to promote Batch 1 of 2 before the next phase begins. 2 questions, 1 blocking: nothing goes on until what blocks is answered, or overruled by whoever may promote.");
        var refused = simulation.Run.Promote(1, "It is late", Given.Dora, simulation.Now).Error!;
        (refused.Code, refused.Message).ShouldBe(("run.questions-open", "Question 1 of Ana is open and blocks this: answer it first, or overrule it with a reason."));

        simulation.Run.AnswerQuestion(1, " At night, too. ", Given.Dora, simulation.Now).Error.ShouldBeNull();
        simulation.Run.Questions[0].ShouldBe(simulation.Run.Questions[0] with { Status = QuestionStatus.Answered, Reply = "At night, too.", RepliedBy = Given.Dora });
        simulation.Run.WaitingSentence.ShouldBe("A person has to promote Batch 1 of 2 before the next phase begins. 1 question, 0 blocking.");
        simulation.Run.Promote(1, null, Given.Dora, simulation.Now).Error.ShouldBeNull();
        simulation.WorkUntil(run => run.WaitingFor is WaitingReason.Acknowledgement);
    }

    [Fact]
    public void Where_nobody_has_to_promote_a_phase_waits_all_the_same_and_goes_on_by_itself()
    {
        var simulation = Pilot(Promotion.AutomaticOnPass);
        Asks(simulation, "At night, too?", true).Error.ShouldBeNull();
        simulation.Confirm(Reading.Ana).Error.ShouldBeNull();
        simulation.Work();

        (simulation.Run.Status, simulation.Run.WaitingFor).ShouldBe((RunStatus.Waiting, WaitingReason.Promotion));
        simulation.Run.WaitingSentence.ShouldBe("Batch 1 of 2 is done. 1 question, 1 blocking: nothing goes on until what blocks is answered, or overruled by whoever may promote.");
        simulation.Run.OverruleQuestion(1, "Nights are another process", Given.Dora, simulation.Now).Error.ShouldBeNull();
        simulation.WorkUntil(run => run.WaitingFor is WaitingReason.Acknowledgement);
        simulation.Confirm(Reading.Ana, 2).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void A_question_asked_after_the_promotion_holds_it_as_long_as_the_phase_has_not_passed()
    {
        var simulation = Pilot();
        simulation.Confirm(Reading.Ana).Error.ShouldBeNull();
        simulation.WorkUntil(run => run.WaitingFor is WaitingReason.Promotion);
        simulation.Run.Promote(1, null, Given.Dora, simulation.Now).Error.ShouldBeNull();
        Asks(simulation, "At night, too?", true).Error.ShouldBeNull();
        simulation.Advance();

        simulation.Run.WaitingSentence.ShouldBe("Batch 1 of 2 is done. 1 question, 1 blocking: nothing goes on until what blocks is answered, or overruled by whoever may promote.");
        simulation.Run.AnswerQuestion(1, "At night, too.", Given.Dora, simulation.Now).Error.ShouldBeNull();
        simulation.WorkUntil(run => run.WaitingFor is WaitingReason.Acknowledgement);
    }

    [Fact]
    public void A_phase_with_nothing_to_do_waits_for_an_answer_as_every_other()
    {
        var simulation = Reading.Asked(
            new Acknowledge("I know what is new.", ["ana@test.example"]), targets: 2, batchSize: "1", change: model => model with { Execute = model.Execute with { Promotion = Promotion.AutomaticOnPass } }, upToDate: 1);
        simulation.Gates = [new Domain.Deployments.Gate(Domain.Deployments.GateKind.Components, false, "1.1.0 was recalled.")];
        simulation.Confirm(Reading.Ana).Error.ShouldBeNull();
        simulation.WorkUntil(run => run.OpenHalt is not null);
        Asks(simulation, "At night, too?", true).Error.ShouldBeNull();
        simulation.Gates = [];
        simulation.Run.Retry(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work();

        simulation.Run.WaitingSentence.ShouldBe("Batch 2 of 2 is done. 1 question, 1 blocking: nothing goes on until what blocks is answered, or overruled by whoever may promote.");
        simulation.Run.AnswerQuestion(1, "At night, too.", Given.Dora, simulation.Now).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
    }

    [Fact]
    public void What_happens_to_questions_is_told_without_their_texts()
    {
        var simulation = Pilot();
        Asks(simulation, "Is it true that Eva leaves?", true).Error.ShouldBeNull();
        Asks(simulation, "Where is it?", false).Error.ShouldBeNull();
        simulation.Run.OverruleQuestion(1, "It is about people", Given.Dora, simulation.Now).Error.ShouldBeNull();
        simulation.Run.ResolveQuestion(2, "Found it", mayAnswer: false, Reading.Ana, simulation.Now).Error.ShouldBeNull();
        simulation.Advance();

        simulation.Events.Where(happened => happened.Subject.StartsWith("question:", StringComparison.Ordinal)).Select(happened => (happened.Subject, happened.Became, happened.Text)).ShouldBe(
        [
            ("question:1", "Open", "web-1: Ana asked question 1 about “Read it”, which blocks."),
            ("question:2", "Open", "web-1: Ana asked question 2 about “Read it”."),
            ("question:1", "Overruled", "Dora overruled question 1 of Ana: It is about people"),
            ("question:2", "Resolved", "Ana resolved question 2 of Ana."),
        ]);
    }

    [Fact]
    public void A_question_ends_once_and_not_by_anybody()
    {
        var simulation = Pilot();
        Asks(simulation, "Where is it?", false).Error.ShouldBeNull();

        simulation.Run.ResolveQuestion(1, "Found it", mayAnswer: false, Given.Dora, simulation.Now).Error.ShouldBe(RunErrors.QuestionOfAnother);
        simulation.Run.OverruleQuestion(1, "No time", Given.Dora, simulation.Now).Error.ShouldBe(RunErrors.QuestionNotBlocking);
        simulation.Run.AnswerQuestion(2, "There", Given.Dora, simulation.Now).Error!.Code.ShouldBe("question.not-found");
        simulation.Run.ResolveQuestion(1, "Said at the briefing", mayAnswer: true, Given.Dora, simulation.Now).Error.ShouldBeNull();
        simulation.Run.AnswerQuestion(1, "There", Given.Dora, simulation.Now).Error!.Message.ShouldBe("Question 1 is resolved already, by Dora.");
    }

    [Fact]
    public void Readers_ask_what_they_were_asked_to_read_also_after_confirming()
    {
        var simulation = Pilot();
        simulation.Run.AskQuestion(Stage.Execute, "web-1", 2, "What is it?", false, Reading.Gil, simulation.Now).Error!.Code.ShouldBe("run.no-reader-of-this");
        simulation.Run.AskQuestion(Stage.Execute, "web-2", 2, "What comes?", false, Reading.Ana, simulation.Now).Error.ShouldBe(RunErrors.NothingToAcknowledge, "it was not asked there yet");
        simulation.Run.AskQuestion(Stage.Execute, "web-1", 1, "What is it?", false, Reading.Ana, simulation.Now).Error.ShouldBe(RunErrors.NothingToAcknowledge);
        simulation.Confirm(Reading.Ana).Error.ShouldBeNull();
        simulation.WorkUntil(run => run.WaitingFor is WaitingReason.Promotion);
        Asks(simulation, "At night, too?", true).Error.ShouldBeNull();
        simulation.Run.WaitingSentence!.ShouldContain("1 question, 1 blocking");

        foreach (var _ in Enumerable.Range(2, Run.MostOpenQuestions - 1)) Asks(simulation, "And?", false).Error.ShouldBeNull();
        Asks(simulation, "And?", false).Error.ShouldBe(RunErrors.TooManyQuestions);
    }

    [Fact]
    public void The_way_back_waits_for_no_answer_and_what_is_over_takes_none()
    {
        var simulation = Pilot();
        Asks(simulation, "At night, too?", true).Error.ShouldBeNull();
        simulation.Run.Stop("A wrong page", Given.Dora, simulation.Now).Error.ShouldBeNull();
        simulation.RollBack(Given.Decision(simulation.Now)).Error.ShouldBeNull();

        simulation.Work().Run.Status.ShouldBe(RunStatus.RolledBack);
        simulation.Run.AnswerQuestion(1, "Yes", Given.Dora, simulation.Now).Error.ShouldBe(RunErrors.RunIsOver);
        Asks(simulation, "And now?", false).Error.ShouldBe(RunErrors.RunIsOver);
    }

    private static Simulation Pilot(Promotion promotion = Promotion.Manual) => Reading.Asked(
        new Acknowledge("I know what is new.", ["ana@test.example"]), targets: 2, batchSize: "1", change: model => model with { Execute = model.Execute with { Promotion = promotion } });

    private static Result<int> Asks(Simulation simulation, string text, bool isBlocking) => simulation.Run.AskQuestion(Stage.Execute, "web-1", 2, text, isBlocking, Reading.Ana, simulation.Now);
}
