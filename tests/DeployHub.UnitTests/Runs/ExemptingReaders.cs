using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>Nobody waits for readers who are away, and their task stays (domain §2.3.3, Appendix F, J12).</summary>
public sealed class ExemptingReaders
{
    private static readonly DateOnly Tomorrow = new(2026, 11, 24);
    private static readonly DateOnly InAWeek = new(2026, 11, 30);

    [Fact]
    public void The_quota_is_of_those_who_are_not_exempt()
    {
        var simulation = Asked();
        simulation.Confirm(Reading.Ana).Error.ShouldBeNull();
        simulation.Exempt(Given.Dora, InAWeek).Error.ShouldBeNull();
        simulation.Run.WaitingSentence!.ShouldStartWith("1 of 2 (1 exempt) confirmed “Read it” for web-1, 2 have to by");
        simulation.Confirm(Given.Paul).Error.ShouldBeNull();

        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        simulation.Events.ShouldContain(happened => happened.Became == "Exempt" && happened.By == Reading.Eva && happened.Text == "web-1: Eva made Dora exempt from “Read it” until 2026-11-30", "why somebody is away is not for everybody");
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void The_last_one_who_is_waited_for_may_be_exempt_and_the_run_goes_on()
    {
        var simulation = Asked();
        simulation.Confirm(Reading.Ana).Error.ShouldBeNull();
        simulation.Confirm(Given.Paul).Error.ShouldBeNull();
        simulation.Exempt(Given.Dora, InAWeek).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
    }

    [Fact]
    public void The_task_stays_when_the_run_is_over_and_is_confirmed_late()
    {
        var simulation = Asked();
        simulation.Exempt(Given.Dora, InAWeek).Error.ShouldBeNull();
        simulation.Run.OwedFrom.ShouldBeNull("the step still waits");
        simulation.Confirm(Reading.Ana).Error.ShouldBeNull();
        simulation.Confirm(Given.Paul).Error.ShouldBeNull();
        simulation.Work().Run.IsOver.ShouldBeTrue();

        (simulation.Run.OwedFrom, simulation.Reader(Given.Dora).StatusIn(simulation.ReadStep(), simulation.Now)).ShouldBe((InAWeek, AcknowledgementStatus.Exempt));
        simulation.Now = new DateTimeOffset(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);
        simulation.Reader(Given.Dora).StatusIn(simulation.ReadStep(), simulation.Now).ShouldBe(AcknowledgementStatus.Due);
        simulation.Run.AskingReader(Stage.Execute, "web-1", 2, Given.Dora).ShouldNotBeNull();
        simulation.Run.AskingReader(Stage.Execute, "web-1", 2, Reading.Ana).ShouldBeNull();
        simulation.Confirm(Given.Dora).Error.ShouldBeNull();

        (simulation.Run.OwedFrom, simulation.Run.DueAt, simulation.Reader(Given.Dora).ConfirmedAt).ShouldBe((null, null, simulation.Now));
        simulation.Run.TakeNewEvents().ShouldHaveSingleItem().Text.ShouldBe("web-1: Dora, who was exempt, confirmed “Read it”");
        simulation.Confirm(Given.Dora).Error.ShouldBe(RunErrors.NothingToAcknowledge);
    }

    [Fact]
    public void Whoever_is_back_while_the_step_waits_counts_again()
    {
        var simulation = Asked("3d");
        simulation.Exempt(Given.Dora, Tomorrow).Error.ShouldBeNull();
        simulation.Confirm(Reading.Ana).Error.ShouldBeNull();
        simulation.Advance();
        simulation.Run.DueAt.ShouldBe(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));

        simulation.Now = new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);
        simulation.Advance();
        simulation.Events[^1].Text.ShouldBe("web-1: Dora is back and is asked about “Read it” again");
        simulation.Reader(Given.Dora).IsExempt.ShouldBeFalse();
        simulation.Confirm(Given.Paul).Error.ShouldBeNull();
        simulation.Run.Status.ShouldBe(RunStatus.Waiting, "Dora is waited for");
        simulation.Confirm(Given.Dora).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        simulation.Run.OwedFrom.ShouldBeNull();
    }

    [Fact]
    public void Who_is_missing_at_the_deadline_may_be_exempt_before_it_is_tried_again()
    {
        var simulation = Asked();
        simulation.Confirm(Reading.Ana).Error.ShouldBeNull();
        simulation.Confirm(Given.Paul).Error.ShouldBeNull();
        simulation.PeopleAreLate = true;
        simulation.WorkUntil(run => run.OpenHalt is not null);
        simulation.Reader(Given.Dora).StatusIn(simulation.ReadStep(), simulation.Now).ShouldBe(AcknowledgementStatus.Overdue);

        simulation.Exempt(Given.Dora, InAWeek).Error.ShouldBeNull();
        simulation.Run.Retry(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
    }

    [Fact]
    public void Whoever_was_the_last_to_be_waited_for_while_the_run_was_halted_is_not_waited_for_afterwards()
    {
        var simulation = Asked();
        simulation.Confirm(Reading.Ana).Error.ShouldBeNull();
        simulation.Confirm(Given.Paul).Error.ShouldBeNull();
        simulation.Run.Stop("Wait", Given.Dora, simulation.Now).Error.ShouldBeNull();
        simulation.Exempt(Given.Dora, InAWeek).Error.ShouldBeNull();
        simulation.Run.Retry(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void Somebody_has_to_read_it_and_a_reason_has_a_day()
    {
        var simulation = Asked();
        simulation.Exempt(Reading.Gil, InAWeek).Error.ShouldBe(RunErrors.ReaderNotAsked);
        simulation.Exempt(Given.Dora, new DateOnly(2026, 11, 23)).Error.ShouldBe(RunErrors.BackAlready);
        simulation.Exempt(Given.Dora, InAWeek).Error.ShouldBeNull();
        simulation.Exempt(Given.Dora, Tomorrow).Error.ShouldBeNull("the day may change");
        simulation.Reader(Given.Dora).Exemption!.Until.ShouldBe(Tomorrow);
        simulation.Exempt(Given.Paul, InAWeek).Error.ShouldBeNull();
        simulation.Exempt(Reading.Ana, InAWeek).Error.ShouldBe(RunErrors.NoReaderWouldRemain);
        simulation.Confirm(Given.Dora).Error.ShouldBeNull("whoever looks in all the same is heard");
        simulation.Exempt(Given.Dora, InAWeek).Error!.Code.ShouldBe("run.already-acknowledged");
        simulation.Run.Exempt(Stage.Execute, "web-1", 1, Reading.Ana.Id, "On leave", InAWeek, Given.Dora, simulation.Now).Error.ShouldBe(RunErrors.NothingToAcknowledge);
    }

    [Fact]
    public void Nobody_confirms_late_what_was_withdrawn()
    {
        var simulation = Asked();
        simulation.Exempt(Given.Dora, Tomorrow).Error.ShouldBeNull();
        simulation.Confirm(Reading.Ana).Error.ShouldBeNull();
        simulation.Confirm(Given.Paul).Error.ShouldBeNull();
        simulation.Run.OwedFrom.ShouldBe(Tomorrow);
        simulation.Run.Stop("A wrong page", Given.Dora, simulation.Now).Error.ShouldBeNull();
        simulation.RollBack(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Confirm(Given.Dora).Error.ShouldBe(RunErrors.NothingToAcknowledge);

        simulation.Work().Run.Status.ShouldBe(RunStatus.RolledBack);
        simulation.Run.OwedFrom.ShouldBeNull();
        simulation.Run.AskingReader(Stage.Execute, "web-1", 2, Given.Dora).ShouldBeNull();
        simulation.Confirm(Given.Dora).Error.ShouldBe(RunErrors.NothingToAcknowledge);
    }

    [Fact]
    public void A_step_that_is_abandoned_is_owed_by_nobody()
    {
        var simulation = Asked();
        simulation.Exempt(Given.Dora, Tomorrow).Error.ShouldBeNull();
        simulation.Run.Stop("A wrong page", Given.Dora, simulation.Now).Error.ShouldBeNull();
        simulation.Run.Abandon(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        (simulation.Run.IsOver, simulation.Run.OwedFrom).ShouldBe((true, null));
    }

    [Fact]
    public void Nobody_exempts_themselves_and_nobody_for_more_than_a_year()
    {
        var simulation = Asked();
        simulation.Run.Exempt(Stage.Execute, "web-1", 2, Given.Dora.Id, "On leave", InAWeek, Given.Dora, simulation.Now).Error.ShouldBe(RunErrors.OwnExemption);
        var tooLong = simulation.Exempt(Given.Dora, new DateOnly(2027, 11, 24)).Error!;
        (tooLong.Code, tooLong.Fields.ContainsKey("Until")).ShouldBe(("run.away-too-long", true));
        simulation.Exempt(Given.Dora, new DateOnly(2027, 11, 23)).Error.ShouldBeNull();
    }

    [Fact]
    public void A_plain_count_of_readers_does_not_shrink_with_those_who_are_away()
    {
        var simulation = Reading.Asked(new Acknowledge("I know what is new.", ["ana@test.example", "paul@test.example", "dora@test.example"], "2"));
        simulation.Exempt(Given.Dora, InAWeek).Error.ShouldBeNull();
        simulation.Exempt(Given.Paul, InAWeek).Error!.Code.ShouldBe("run.too-few-readers-would-remain");
    }

    private static Simulation Asked(string timeout = "1h") => Reading.Asked(new Acknowledge("I know what is new.", ["ana@test.example", "paul@test.example", "dora@test.example"]), timeout: timeout);
}
