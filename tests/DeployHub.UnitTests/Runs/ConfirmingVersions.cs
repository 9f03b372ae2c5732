using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>Named readers confirm a version: each for oneself, once, until enough have or the deadline is over (domain J12).</summary>
public sealed class ConfirmingVersions
{
    private static readonly Actor Ana = Reading.Ana;

    [Theory]
    [InlineData("100%", 12, 12)]
    [InlineData("95%", 18, 18)]
    [InlineData("95%", 20, 19)]
    [InlineData("1%", 1, 1)]
    [InlineData("7", 12, 7)]
    [InlineData("7", 3, 3)]
    public void A_quota_is_never_rounded_down(string quota, int readers, int needed) => Share.Parse(quota).Value.Needed(readers).ShouldBe(needed);

    [Fact]
    public void Enough_confirmations_are_evidence_and_the_run_goes_on()
    {
        var simulation = Asked("60%", "Stakeholder, DORA@test.example");
        simulation.Run.WaitingFor.ShouldBe(WaitingReason.Acknowledgement);
        simulation.Run.WaitingSentence.ShouldBe("0 of 3 confirmed “Read it” for web-1, 2 have to by 2026-11-23 11:00 UTC.");

        Confirms(simulation, Ana).Error.ShouldBeNull();
        simulation.Run.WaitingSentence!.ShouldBe("1 of 3 confirmed “Read it” for web-1, 2 have to by 2026-11-23 11:00 UTC.");
        Confirms(simulation, Ana).Error.ShouldBe(RunErrors.AlreadyAcknowledged);
        Confirms(simulation, new Actor("gil", "Gil")).Error!.WhoCould.ShouldBe("Ana, Paul and Dora");
        Confirms(simulation, Ana with { Kind = ActorKind.Machine }).Error!.Code.ShouldBe("run.no-reader-of-this");
        Confirms(simulation, Given.Dora).Error.ShouldBeNull();
        Confirms(simulation, Given.Paul).Error.ShouldBe(RunErrors.NothingToAcknowledge);

        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        ((StepOutcome.Succeeded)Step(simulation).LastAttempt!.Outcome!).Evidence.Select(evidence => evidence.Name).ShouldBe(["Confirmed by Ana", "Confirmed by Dora"]);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void The_deadline_halts_and_names_who_is_missing_and_who_confirmed_need_not_again()
    {
        var simulation = Asked("100%", "ana@test.example", "dora@test.example");
        Confirms(simulation, Ana).Error.ShouldBeNull();
        simulation.PeopleAreLate = true;
        simulation.Work();

        simulation.Now.ShouldBe(Given.Now + TimeSpan.FromHours(1));
        simulation.Run.OpenHalt!.Cause.ShouldBe(HaltCause.AcknowledgementShortfall);
        simulation.Run.OpenHalt.Sentence.ShouldBe("“Read it” failed on web-1: 1 of 2 confirmed in time and 2 had to.");
        simulation.Run.Retry(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.WorkUntil(run => run.WaitingFor is WaitingReason.Acknowledgement);
        Confirms(simulation, Given.Dora).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void Who_confirmed_is_kept_in_the_order_in_which_they_did_whatever_became_of_the_step()
    {
        var simulation = Asked("100%", "stakeholder", "dora@test.example");
        foreach (var reader in (Actor[])[Given.Dora, Ana])
        {
            Confirms(simulation, reader).Error.ShouldBeNull();
            simulation.Run.TakeNewEvents().ShouldContain(happened => happened.By == reader && happened.Text == $"web-1: {reader.Name} confirmed “Read it”");
            simulation.Now += TimeSpan.FromMinutes(1);
        }

        simulation.PeopleAreLate = true;
        simulation.WorkUntil(run => run.OpenHalt is not null);
        Step(simulation).LastAttempt!.WhatShowsIt().ShouldBe([new Evidence("Confirmed by Dora", "2026-11-23 10:00:00 UTC"), new Evidence("Confirmed by Ana", "2026-11-23 10:01:00 UTC")]);
    }

    [Theory]
    [InlineData(3, "for web-3, 1 have to by 2026-11-23 11:00 UTC.")]
    [InlineData(4, "for web-3, 1 have to by 2026-11-23 11:00 UTC. The same goes for 1 more readership.")]
    [InlineData(6, "for web-3, 1 have to by 2026-11-23 11:00 UTC. The same goes for 3 more readerships.")]
    public void Of_many_targets_that_wait_for_readers_the_first_three_are_named(int targets, string end) =>
        Asked("100%", targets, "ana@test.example").Run.WaitingSentence!.ShouldEndWith(end);

    [Fact]
    public void Nobody_confirms_what_is_not_there()
    {
        var simulation = Asked("100%", "ana@test.example");
        simulation.Run.Acknowledge(TargetRunId.New(), 2, Ana, simulation.Now).Error.ShouldBe(RunErrors.NothingToAcknowledge);
    }

    [Fact]
    public void Rests_while_the_run_is_halted_and_the_way_back_asks_nobody()
    {
        var simulation = Asked("100%", "ana@test.example");
        simulation.Run.Stop("A wrong page", Given.Dora, simulation.Now).Error.ShouldBeNull();
        Confirms(simulation, Ana).Error.ShouldBe(RunErrors.TasksRest);
        simulation.Run.TasksSentence.ShouldBeNull();

        simulation.RollBack(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.RolledBack);
        simulation.Visits.Count(visit => visit.EndsWith("Read it", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData("nobody@test.example", "Nobody with an account here is “nobody@test.example”")]
    [InlineData("Approver", "Nobody with an account here is “Approver”")]
    [InlineData("gil@test.example", "Gil would have to confirm, but holds no role here that may")]
    [InlineData(" , ", "A step asks for confirmations and names no reader.")]
    public void A_run_does_not_start_with_readers_who_could_never_confirm(string reader, string sentence)
    {
        var expansion = Reading.ExpansionOf(Reading.Model(new Acknowledge("I know what is new.", [reader])), Given.Targets(1));
        expansion.Expand().Error!.Message.ShouldStartWith(sentence);
    }

    private static Simulation Asked(string quota, params string[] readers) => Asked(quota, 1, readers);

    private static Simulation Asked(string quota, int count, params string[] readers) => Reading.Asked(new Acknowledge("I know what is new.", readers, quota), count);

    private static StepRun Step(Simulation simulation) => simulation.ReadStep();

    private static Result Confirms(Simulation simulation, Actor by) => simulation.Confirm(by);
}
