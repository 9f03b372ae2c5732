using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>A reader shows to have understood before confirming (domain §2.3.3, J12).</summary>
public sealed class AnsweringAQuiz
{
    private static readonly QuizQuestion[] Questions =
    [
        new("Whom do you call first?", ["The duty engineer", "The owner"], ["The duty engineer"]),
        new("How long do you wait?", ["5 minutes", "An hour"], ["5 minutes"]),
        new("What do you write down?", ["When", "Who", "The weather"], ["When", "Who"]),
    ];

    private static readonly string[][] Right = [["The duty engineer"], ["5 minutes"], ["Who", "When"]];

    private readonly Simulation _simulation = Reading.Asked(new Acknowledge("I know whom to call.", ["ana@test.example", "dora@test.example"], Quiz: Questions, PassMark: "2"));

    [Fact]
    public void Nobody_confirms_before_enough_is_answered_right()
    {
        _simulation.Confirm(Reading.Ana).Error.ShouldBe(RunErrors.QuizNotPassed);

        var tried = Try(Reading.Ana, ["The owner"], ["5 minutes"], ["When"]).Value;
        (tried.Tries, tried.Right, tried.Of, tried.Needed, tried.IsPassed).ShouldBe((1, 1, 3, 2, false));
        tried.Wrong.ShouldBe([1, 3]);
        _simulation.Confirm(Reading.Ana).Error.ShouldBe(RunErrors.QuizNotPassed);

        tried = Try(Reading.Ana, ["The owner"], ["5 minutes"], ["Who", "When"]).Value;
        (tried.Tries, tried.Right, tried.IsPassed).ShouldBe((2, 2, true));
        Try(Reading.Ana, Right).Error.ShouldBe(RunErrors.QuizPassed);
        _simulation.Confirm(Given.Dora).Error.ShouldBe(RunErrors.QuizNotPassed, "each for oneself");
        _simulation.Confirm(Reading.Ana).Error.ShouldBeNull();
    }

    [Fact]
    public void Every_try_is_an_event_and_the_last_one_is_evidence()
    {
        Try(Reading.Ana, ["The owner"], ["An hour"], ["When"]).Error.ShouldBeNull();
        Try(Reading.Ana, Right).Error.ShouldBeNull();
        Try(Given.Dora, Right).Error.ShouldBeNull();
        _simulation.Confirm(Reading.Ana).Error.ShouldBeNull();
        _simulation.Confirm(Given.Dora).Error.ShouldBeNull();
        _simulation.Work();

        _simulation.Events.Where(happened => happened.Subject.StartsWith("quiz:", StringComparison.Ordinal)).Select(happened => (happened.By.Name, happened.Became, happened.Text)).ShouldBe(
        [
            ("Ana", "NotPassed", "web-1: Ana answered 0 of 3 questions of “Read it” right at try 1; 2 have to be"),
            ("Ana", "Passed", "web-1: Ana answered 3 of 3 questions of “Read it” right at try 2; 2 have to be"),
            ("Dora", "Passed", "web-1: Dora answered 3 of 3 questions of “Read it” right at try 1; 2 have to be"),
        ]);
        _simulation.ReadStep().LastAttempt!.WhatShowsIt()[0].ShouldBe(new Evidence("Confirmed by Ana", "2026-11-23 10:00:00 UTC, 3 of 3 questions right at try 2"));
        _simulation.Run.Status.ShouldBe(RunStatus.Succeeded);
        _simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void Every_question_has_one_answer_of_those_that_it_offers()
    {
        Try(Reading.Ana, Right[0], Right[1]).Error!.Fields["Answers"].ShouldHaveSingleItem().ShouldContain("question 3, “What do you write down?”");
        Try(Reading.Ana, Right[0], [], Right[2]).Error!.Code.ShouldBe("run.quiz-incomplete");
        _simulation.Run.AnswerQuiz(Id, 2, [new(1, Right[0]), new(1, Right[0]), new(2, Right[1]), new(3, Right[2])], Reading.Ana, Given.Now).Error!.Code.ShouldBe("run.quiz-incomplete");
        Try(Reading.Ana, Right[0], ["A day"], Right[2]).Error!.Message.ShouldBe("Question 2 does not offer “A day”.");
        _simulation.Reader(Reading.Ana).Quiz.ShouldBeNull("nothing of it was tried");
    }

    [Fact]
    public void Only_readers_try_and_only_where_something_is_asked()
    {
        Try(Reading.Gil, Right).Error!.Code.ShouldBe("run.no-reader-of-this");
        var plain = Reading.Asked(new Acknowledge("I know what is new.", ["ana@test.example"]));
        plain.Run.AnswerQuiz(plain.Run.TargetRuns.First(targetRun => targetRun.AwaitsReaders).Id, 2, [], Reading.Ana, Given.Now).Error.ShouldBe(RunErrors.NoQuiz);
    }

    [Theory]
    [InlineData(null, 3)]
    [InlineData("2", 2)]
    [InlineData("60%", 2)]
    [InlineData("1%", 1)]
    public void All_have_to_be_right_unless_a_pass_mark_says_otherwise(string? mark, int needed) =>
        new Acknowledge("I know whom to call.", [], Quiz: Questions, PassMark: mark).RightNeeded.ShouldBe(needed);

    [Fact]
    public void Whoever_may_be_asked_reads_no_right_answers_in_the_model()
    {
        var model = Reading.Model(new Acknowledge("I know whom to call.", ["Stakeholder"], Quiz: Questions));
        model.AsksQuiz.ShouldBeTrue();

        var read = (Acknowledge)model.WithoutRightAnswers().Execute.Steps[1].Settings;
        read.Quiz!.Select(question => question.Choices).ShouldBe(Questions.Select(question => question.Choices));
        read.Quiz!.ShouldAllBe(question => question.Right.Single() == QuizQuestion.Withheld);
    }

    [Fact]
    public void A_run_does_not_start_with_choices_that_nobody_can_tell_apart()
    {
        var settings = new Acknowledge("I know whom to call.", ["ana@test.example"], Quiz: [new("Which one?", ["${version.label}", "1.1.0"], ["1.1.0"])]);
        Reading.ExpansionOf(Reading.Model(settings), Given.Targets(1)).Expand().Error!.Message.ShouldStartWith("Two choices of the question “Which one?” are the same");
    }

    private TargetRunId Id => _simulation.Run.TargetRuns.First(targetRun => targetRun.Stage is Stage.Execute).Id;

    private Result<QuizResult> Try(Actor by, params string[][] chosen) =>
        _simulation.Run.AnswerQuiz(Id, 2, [.. chosen.Select((choices, index) => new QuizAnswer(index + 1, choices))], by, _simulation.Now);
}
