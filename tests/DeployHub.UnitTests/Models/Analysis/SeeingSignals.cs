using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models.Analysis;
using DeployHub.Domain.Models.Analysis.Rules;
using DeployHub.Domain.Runs;
using static DeployHub.UnitTests.Models.Analysis.Told;

namespace DeployHub.UnitTests.Models.Analysis;

/// <summary>Each signal shows at its threshold and not below it, and says when it has nothing to go by (domain §2.7).</summary>
public sealed class SeeingSignals
{
    [Fact]
    public void S1_shows_a_step_that_halted_three_runs_by_the_same_cause()
    {
        var signal = RepeatingHalts.Of(Facts(Planned(10, (place, deployment) => deployment.Ran(place is 2 or 5 or 9 ? [Halt()] : [])))).Single();

        (signal.Code, signal.Version, signal.Subject).ShouldBe((SignalCode.S1, 7, "Smoke test"));
        signal.Sentence.ShouldBe("“Smoke test” halted 3 of 10 runs by the same cause, step timed out. Resolved by retry 3 times.");
        signal.Evidence.ShouldBe(["DEP-2026-000009", "DEP-2026-000005", "DEP-2026-000002"]);
        signal.Suggestion.ShouldBe("Fix the step, or look for the cause earlier.");
    }

    [Fact]
    public void A_deployment_shows_a_signal_however_many_newer_ones_do_and_is_among_what_is_kept_for_it()
    {
        var signal = RepeatingHalts.Of(Facts(Planned(30, (place, deployment) => deployment.Ran(place is 7 ? [] : [Halt()])))).Single();
        signal.Evidence.Count.ShouldBe(Signal.MostEvidence);
        signal.Evidence.ShouldNotContain("DEP-2026-000003");

        (signal.IsShownBy("DEP-2026-000003"), signal.IsShownBy("DEP-2026-000007"), signal.IsShownBy("DEP-2026-000030")).ShouldBe((true, false, true));
        signal.For("DEP-2026-000003").Evidence.ShouldSatisfyAllConditions(kept => kept.Count.ShouldBe(Signal.MostEvidence), kept => kept[0].ShouldBe("DEP-2026-000003"));
        signal.For("DEP-2026-000030").ShouldBeSameAs(signal);
    }

    [Fact]
    public void S1_does_not_show_two_runs_nor_three_causes_nor_one_run_that_was_tried_three_times_nor_a_stop_by_a_person()
    {
        RepeatingHalts.Of(Facts(Planned(10, (place, deployment) => deployment.Ran(place is 2 or 5 ? [Halt()] : [])))).Quiet();
        RepeatingHalts.Of(Facts(Planned(3, (place, deployment) => deployment.Ran(Halt(cause: HaltCause.StepFailed + place))))).Quiet();
        RepeatingHalts.Of(Facts(Planned(1, (_, deployment) => deployment.Ran(Halt(), Halt(), Halt())))).Quiet();
        RepeatingHalts.Of(Facts(Planned(5, (_, deployment) => deployment.Ran(Halt(step: null, HaltCause.StoppedByPerson))))).Quiet();
        RepeatingHalts.Of(Facts()).Unknown().ShouldBe("No run began in the window.");
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void S1_wants_the_three_within_twenty_runs(int last, bool shows) =>
        RepeatingHalts.Of(Facts(Planned(40, (place, deployment) => deployment.Ran(place == 1 || place == 2 || place == last ? [Halt()] : [])))).Found.Count.ShouldBe(shows ? 1 : 0);

    [Fact]
    public void S1_tells_two_causes_of_one_step_as_one_signal()
    {
        var signal = RepeatingHalts.Of(Facts(Planned(7, (place, deployment) => deployment.Ran(Halt(cause: place <= 4 ? HaltCause.StepTimedOut : HaltCause.StepFailed))))).Single();
        signal.Sentence.ShouldBe("“Smoke test” halted 4 of 7 runs by the same cause, step timed out and 3 of 7 runs by the same cause, step failed. Resolved by retry 7 times.");
    }

    [Fact]
    public void S2_shows_a_value_that_two_of_five_plans_set()
    {
        var facts = Facts(Planned(5, (place, deployment) => Adapted(deployment, place <= 2 ? "20m" : null))) with { Defaults = new Dictionary<string, string> { ["soak"] = "10m" } };
        AdaptedPlans.WrongDefaults(facts).Single().ShouldSatisfyAllConditions(
            signal => signal.Subject.ShouldBe("soak"), signal => signal.Sentence.ShouldBe("2 of 5 plans (40 %) change soak from 10m to 20m."), signal => signal.Evidence.Count.ShouldBe(2));
    }

    [Fact]
    public void S2_does_not_show_fewer_nor_different_values_nor_drafts_and_wants_five_plans()
    {
        AdaptedPlans.WrongDefaults(Facts(Planned(6, (place, deployment) => Adapted(deployment, place <= 2 ? "20m" : null)))).Quiet();
        AdaptedPlans.WrongDefaults(Facts(Planned(5, (place, deployment) => Adapted(deployment, $"{place}m")))).Quiet();
        AdaptedPlans.WrongDefaults(Facts(Planned(4, (_, deployment) => Adapted(deployment, "20m")))).Unknown().ShouldBe("5 plans are needed to say anything; 4 so far.");
        AdaptedPlans.WrongDefaults(Facts(Planned(9, (_, deployment) => Adapted(deployment, "20m") with { SubmittedAt = null }))).Unknown().ShouldContain("0 so far");
    }

    [Fact]
    public void S3_shows_one_deviating_plan_of_five_and_has_no_data_for_fewer_than_five()
    {
        AdaptedPlans.Deviations(Facts(Planned(5, (place, deployment) => deployment with { Deviations = place == 1 ? 1 : 0 }))).Single().Sentence.ShouldBe("1 of 5 plans (20 %) leave what the model allows.");
        AdaptedPlans.Deviations(Facts(Planned(6, (place, deployment) => deployment with { Deviations = place == 1 ? 1 : 0 }))).Quiet();
        AdaptedPlans.Deviations(Facts(Planned(4, (_, deployment) => deployment with { Deviations = 1 }))).Unknown();
        AdaptedPlans.Deviations(Facts(Planned(50))).Quiet();
    }

    [Fact]
    public void S4_shows_thirty_decisions_without_a_refusal_that_were_waited_for()
    {
        var signal = IdleApprovals.Of(Facts(Planned(30, (_, deployment) => deployment.Decided(ApproverQuality.Peer, TimeSpan.FromMinutes(310))))).Single();

        signal.Subject.ShouldBe("peer");
        signal.Sentence.ShouldBe("The approval by peer was given 30 of 30 times; half of them were waited for at least 5 h 10 min.");
        signal.Evidence.Count.ShouldBe(Signal.MostEvidence);
    }

    [Fact]
    public void S4_does_not_show_what_was_refused_once_or_decided_soon_and_wants_thirty_decisions()
    {
        IdleApprovals.Of(Facts(Planned(30, (place, deployment) => deployment.Decided(ApproverQuality.Peer, TimeSpan.FromHours(5), isRefused: place == 7)))).Quiet();
        IdleApprovals.Of(Facts(Planned(30, (_, deployment) => deployment.Decided(ApproverQuality.Peer, TimeSpan.FromHours(4))))).Quiet();
        IdleApprovals.Of(Facts(Planned(30, (_, deployment) => deployment.Decided(ApproverQuality.Peer, null)))).Quiet();
        IdleApprovals.Of(Facts(Planned(29, (_, deployment) => deployment.Decided(ApproverQuality.Peer, TimeSpan.FromHours(5))))).Unknown().ShouldContain("29 so far");
    }

    [Fact]
    public void S5_shows_what_could_have_been_seen_before_Execute()
    {
        Late(Halt("Read the key", HaltCause.PrerequisiteMissing, Stage.VerifyDeployment)).Single().Sentence.ShouldBe(
            "“Read the key” failed once after everything was deployed (prerequisite missing), by something that could have been seen before Execute.");
        Late(Halt("Look", HaltCause.HealthCheckFailed, Stage.VerifyDeployment) with { CouldLookEarlier = true }).Single().Subject.ShouldBe("Look");
        Late(Halt("Look", HaltCause.HealthCheckFailed, Stage.VerifyDeployment) with { CauseClass = CauseClass.Environment }).Single();

        static SignalAnswer Late(HaltFact halt) => LateDiscoveries.Of(Facts(Planned(1, (_, deployment) => deployment.Ran(halt))));
    }

    [Fact]
    public void S5_does_not_show_what_only_the_deployment_could_show_nor_what_was_found_in_time()
    {
        HaltFact[] halts =
        [
            Halt("Look", HaltCause.HealthCheckFailed, Stage.VerifyDeployment), Halt("Reach it", HaltCause.TargetUnreachable, Stage.VerifyEnvironment),
            Halt("Look", HaltCause.TargetUnreachable, Stage.VerifyDeployment) with { WasRollingBack = true }, Halt(null, HaltCause.CapacityLow, Stage.VerifyDeployment),
        ];
        LateDiscoveries.Of(Facts(Planned(1, (_, deployment) => deployment.Ran(halts)))).Quiet();
        LateDiscoveries.Of(Facts()).Unknown();
    }

    [Theory]
    [InlineData(HaltCause.ComponentMissing, true)]
    [InlineData(HaltCause.PolicyViolation, true)]
    [InlineData(HaltCause.LockTimeout, false)]
    [InlineData(HaltCause.VersionMismatchAfter, false)]
    public void Causes_of_the_first_two_stages_are_seen_before_Execute(HaltCause cause, bool before) => LateDiscoveries.IsSeenBeforeExecute(cause).ShouldBe(before);

    [Fact]
    public void S6_shows_a_median_above_125_percent_of_what_was_meant()
    {
        Slow(10, 13).Single().Sentence.ShouldBe("Half of the last 10 live runs took 13 min or longer; 10 min were meant.");
        Slow(10, 12.5).Quiet();
        Slow(9, 60).Unknown().ShouldContain("9 so far");
        SlowRuns.Of(Facts(Planned(10, (_, deployment) => deployment.Ran()))).Unknown().ShouldContain("MR-12");

        static SignalAnswer Slow(int runs, double minutes) => SlowRuns.Of(Facts(Planned(runs, (_, deployment) => Took(deployment.Ran(), minutes))) with { TargetDuration = TimeSpan.FromMinutes(10) });
    }

    [Fact]
    public void S6_looks_at_the_newest_ten_live_runs_that_succeeded()
    {
        var mixed = Planned(30, (place, deployment) => Took(deployment.Ran(), place > 20 ? 5 : 100) with { IsLive = place != 5 });
        SlowRuns.Of(Facts(mixed) with { TargetDuration = TimeSpan.FromMinutes(10) }).Quiet();
    }

    [Fact]
    public void S7_shows_a_check_that_was_waived_three_times()
    {
        Waived(3).Single().Sentence.ShouldBe("“Scan it” was waived 3 times in 5 runs.");
        Waived(2).Quiet();
        WaiverHabits.Of(Facts()).Unknown();

        static SignalAnswer Waived(int times) => WaiverHabits.Of(Facts(Planned(5, (place, deployment) =>
            deployment.Ran(Halt("Scan it", HaltCause.VulnerabilityOverThreshold) with { Choice = place <= times ? ResolutionChoice.AcceptWithWaiver : ResolutionChoice.Retry }))));
    }

    [Fact]
    public void S8_shows_less_success_than_was_meant_and_too_many_change_failures()
    {
        var facts = Facts(Planned(20, (place, deployment) => deployment.Ended(place == 3 ? Outcome.RolledBack : Outcome.Succeeded))) with { Success = new(18, 20), ChangeFailure = new(2, 20), TargetSuccess = 90.1m };
        PoorResults.Of(facts).Single().ShouldSatisfyAllConditions(
            signal => signal.Subject.ShouldBe("success rate"), signal => signal.Sentence.ShouldEndWith("of live deployments succeeded; 90.1 % were meant to."), signal => signal.Evidence.ShouldBe(["DEP-2026-000003"]));
        PoorResults.Of(facts with { TargetSuccess = 90 }).Quiet();
        PoorResults.Of(facts with { TargetSuccess = null, ChangeFailure = new(4, 20) }).Single().Subject.ShouldBe("change failures");
        PoorResults.Of(facts with { TargetSuccess = null, ChangeFailure = new(3, 20) }).Quiet();
    }

    [Fact]
    public void S8_says_nothing_of_four_deployments()
    {
        PoorResults.Of(Facts() with { Success = new(1, 4), ChangeFailure = new(3, 4), TargetSuccess = 95 }).Unknown().ShouldBe("Of live deployments, 1 of 4 succeeded; a rate needs 5.");
        PoorResults.Of(Facts()).Unknown().ShouldContain("none came to its end");
    }

    [Fact]
    public void S9_shows_more_than_30_percent_by_hand_in_ten_runs_of_a_quarter()
    {
        ByHand(10, 31).Single().Sentence.ShouldBe("People had 31 % of the time in which something was done, 5 h 10 min in 10 runs, from being asked to having answered.");
        ByHand(10, 30).Quiet();
        ByHand(9, 100).Unknown().ShouldContain("9 so far");

        static SignalAnswer ByHand(int runs, int minutes) => ManualLoads.Of(Facts(Planned(runs, (_, deployment) => deployment with
        {
            Runs = [new RunFact(deployment.Number, deployment.CreatedAt) { Times = [new PlaceTime(TimePlace.Execute, new TimeSplit(TimeSpan.FromHours(9), TimeSpan.FromMinutes(100), TimeSpan.Zero, TimeSpan.FromMinutes(minutes)))] }],
        })));
    }

    [Fact]
    public void S10_shows_180_days_without_a_rollback()
    {
        NeglectedVersions.UnprovenRollback(Facts() with { LastRollbackAt = Now.AddDays(-180) }).Single().Sentence.ShouldStartWith("The last rollback of this version that succeeded was on 2026-06-04");
        NeglectedVersions.UnprovenRollback(Facts() with { LastRollbackAt = null }).Single().Sentence.ShouldStartWith("No rollback of this version has ever succeeded");
        NeglectedVersions.UnprovenRollback(Facts() with { LastRollbackAt = Now.AddDays(-180).AddSeconds(1) }).Quiet();
        NeglectedVersions.UnprovenRollback(Facts() with { LeadsBack = false }).Unknown();
        NeglectedVersions.UnprovenRollback(Facts() with { IsInUse = false }).Unknown();
    }

    [Fact]
    public void S11_shows_180_days_without_a_plan()
    {
        var old = Facts() with { PublishedAt = Now.AddDays(-400), LastPlannedAt = Now.AddDays(-181) };
        NeglectedVersions.Unused(old).Single().Sentence.ShouldBe("Nobody has planned with it since 2026-06-03, 181 days ago.");
        NeglectedVersions.Unused(old with { LastPlannedAt = Now.AddDays(-180) }).Quiet();
        NeglectedVersions.Unused(old with { LastPlannedAt = null }).Single();
        NeglectedVersions.Unused(old with { PublishedAt = Now.AddDays(-20), LastPlannedAt = null }).Quiet();
        NeglectedVersions.Unused(old with { IsInUse = false }).Unknown();
    }

    [Fact]
    public void S12_has_no_data_while_nobody_is_asked()
    {
        UnhappyPeople.Of(Facts()).Unknown().ShouldContain("no surveys");
        UnhappyPeople.Of(Facts() with { Content = new(0, 4) }).Unknown().ShouldContain("hidden");
        UnhappyPeople.Of(Facts() with { Content = new(2, 5) }).Single();
        UnhappyPeople.Of(Facts() with { Content = new(3, 5) }).Quiet();
    }

    [Fact]
    public void Every_signal_is_answered_once_and_what_has_no_data_is_never_called_fine()
    {
        var answers = Signals.Of(Facts());

        answers.Select(answer => answer.Code).ShouldBe(SignalCodes.All);
        answers.Where(answer => answer.IsQuiet).Select(answer => answer.Code).ShouldBe([SignalCode.S10, SignalCode.S11]);
        SignalCodes.All.Select(code => code.Title()).ShouldBeUnique();
        SignalCodes.All.Select(code => code.Suggests()).ShouldBeUnique();
    }

    private static DeploymentFact Adapted(DeploymentFact deployment, string? soak) =>
        soak is null ? deployment : deployment with { Adaptations = new Dictionary<string, string> { ["soak"] = soak } };

    private static DeploymentFact Took(DeploymentFact deployment, double minutes) =>
        deployment with { Runs = [.. deployment.Runs.Select(run => run with { Took = TimeSpan.FromMinutes(minutes) })] };
}
