using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>Targets that fetch by themselves: a quota by a deadline, what they observed, and the way back (domain §2.5, Pull).</summary>
public sealed class FetchingByThemselves
{
    private static readonly Dictionary<string, Digest> New = new() { ["web"] = Given.New.Digest };
    private static readonly Dictionary<string, Digest> Old = new() { ["web"] = Given.Old.Digest };

    [Theory]
    [InlineData("95%", 20, 19)]
    [InlineData("95%", 10, 9)]
    [InlineData("95%", 1, 1)]
    [InlineData("50%", 3, 1)]
    [InlineData("100%", 7, 7)]
    [InlineData("4", 3, 3)]
    public void The_quota_of_a_phase_is_rounded_down_and_at_least_one(string quota, int targets, int needed)
    {
        var phase = Available(targets, quota).Run.Of(Stage.Execute).Phases.ShouldHaveSingleItem();
        phase.Quota.ShouldBe(needed);
        phase.FailureBudget.ShouldBe(targets - needed);
    }

    [Fact]
    public void A_phase_passes_as_soon_as_its_quota_has_fetched_and_defers_the_rest()
    {
        var simulation = Available(4, "75%");
        simulation.Run.WaitingFor.ShouldBe(WaitingReason.ExternalReport);
        simulation.Run.WaitingSentence.ShouldBe("0 of 4 targets of All targets have it, 3 have to by 2026-11-23 11:00:00 UTC.");

        foreach (var target in (int[])[0, 1, 2]) Reports(simulation, target, New).Error.ShouldBeNull();
        Reports(simulation, 0, New).Error.ShouldBe(RunErrors.NothingAvailable);
        simulation.Work();
        simulation.Now.ShouldBe(Given.Now, "nobody waited for the deadline");
        simulation.Run.Status.ShouldBe(RunStatus.Succeeded);
        simulation.Targets.Select(target => simulation.Run.ResultOf(target.Id)).ShouldBe([TargetResult.Verified, TargetResult.Verified, TargetResult.Verified, TargetResult.Deferred]);
        simulation.Observations.Select(seen => seen.TargetId).ShouldBe(simulation.Targets.Take(3).Select(target => target.Id));
        Reports(simulation, 3, New).Error.ShouldBe(RunErrors.NothingAvailable);
        simulation.Visits.ShouldNotContain("VerifyDeployment web-4 Read back", "what was left out is not verified");
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void Targets_that_have_it_already_count()
    {
        var simulation = Available(4, "75%", upToDate: 2);
        simulation.Run.WaitingSentence.ShouldStartWith("2 of 4 targets of All targets have it, 3 have to");
        simulation.Run.AvailableTo(simulation.Targets[0].Id).ShouldBeNull();

        Reports(simulation, 2, New).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        simulation.Targets.Select(target => simulation.Run.ResultOf(target.Id)).ShouldBe([TargetResult.Unchanged, TargetResult.Unchanged, TargetResult.Verified, TargetResult.Deferred]);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void Below_the_quota_at_the_deadline_it_halts_and_what_is_available_is_withdrawn()
    {
        var simulation = Available(4, "75%");
        Reports(simulation, 0, New).Error.ShouldBeNull();
        simulation.Work(hands: 2);

        simulation.Now.ShouldBe(Given.Now + TimeSpan.FromHours(1));
        simulation.Run.OpenHalt!.Cause.ShouldBe(HaltCause.FailureThresholdExceeded);
        simulation.Run.OpenHalt.Sentence.ShouldStartWith("Too many failures (1 may fail in All targets): “Fetch it” failed on web-2 and 1 other: ");
        simulation.Run.AvailableTo(simulation.Targets[3].Id).ShouldBeNull();
        simulation.Run.Abandon(Given.Decision(simulation.Now)).Error.ShouldBeNull("nothing is under way that would have to be let finish");
        simulation.Work().ShouldFoldToItsState();
    }

    [Fact]
    public void Who_runs_something_else_than_it_says_has_failed()
    {
        var simulation = Available(2, "100%");
        Reports(simulation, 0, Old).Error.ShouldBeNull();

        simulation.Work().Run.OpenHalt!.Sentence.ShouldContain($"web-1 reports success, but runs {Given.Old.Digest} of web instead of {Given.New.Digest}.");
        Reports(simulation, 1, New).Error.ShouldBeNull("it may have fetched before the halt");
        simulation.Run.ResultOf(simulation.Targets[1].Id).ShouldBe(TargetResult.Updated);
        simulation.Work().ShouldFoldToItsState();
    }

    [Fact]
    public void What_a_target_says_and_observed_is_kept_as_evidence()
    {
        var simulation = Available(3, "100%");
        Reports(simulation, 0, Old).Error.ShouldBeNull();
        Reports(simulation, 1, New, succeeded: false).Error.ShouldBeNull();
        Reports(simulation, 2, New).Error.ShouldBeNull();

        Shown(simulation, 0).ShouldBe([new Evidence("Observed web", $"{Given.Old.Digest}")]);
        Shown(simulation, 1).ShouldBe([new Evidence("Report", "No space"), new Evidence("Observed web", $"{Given.New.Digest}")]);
        Shown(simulation, 2).ShouldBe([new Evidence("Observed web", $"{Given.New.Digest}")]);
        simulation.Run.In(Stage.Execute, 1).Select(targetRun => targetRun.Steps[0].Reported).ShouldBe([ReportStatus.Failed, ReportStatus.Failed, ReportStatus.Succeeded]);
    }

    [Theory]
    [InlineData("No space\nleft", "“Fetch it” failed on web-1: web-1 reported that it failed: No space left")]
    [InlineData(" ", "“Fetch it” failed on web-1: web-1 reported that it failed.")]
    public void A_failure_halts_with_the_target_s_own_words(string said, string sentence)
    {
        var simulation = Available(1, "100%");
        simulation.Run.ReportPull(simulation.Targets[0].Id, false, said, New, simulation.Now).Error.ShouldBeNull();

        simulation.Run.OpenHalt!.Sentence.ShouldEndWith(sentence);
    }

    [Fact]
    public void The_run_waits_for_the_last_deadline_of_those_who_may_fetch()
    {
        var simulation = Available(2, "100%", fetches: target => target.Subject == "web-1" ? TimeSpan.FromHours(1) : TimeSpan.FromHours(2));
        simulation.Run.WaitingSentence.ShouldBe("0 of 2 targets of All targets have it, 2 have to by 2026-11-23 12:00:00 UTC.");
    }

    [Fact]
    public void On_the_way_back_a_target_gets_its_own_previous_version_and_not_that_of_others()
    {
        var simulation = Available(3, "100%", upToDate: 1);
        simulation.Run.Stop("It crashes", Given.Dora, simulation.Now).Error.ShouldBeNull();
        simulation.RollBack(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.WorkUntil(run => run.AvailableTo(simulation.Targets[1].Id) is not null);

        simulation.Run.VersionsOf(simulation.Run.AvailableTo(simulation.Targets[1].Id)!).ShouldBe([Given.Old]);
        simulation.Run.AvailableTo(simulation.Targets[0].Id).ShouldBeNull("it was not touched");
    }

    [Fact]
    public void A_rollback_makes_the_previous_version_available_instead()
    {
        var simulation = Available(2, "50%");
        simulation.Run.Stop("It crashes", Given.Dora, simulation.Now).Error.ShouldBeNull();
        simulation.Run.AvailableTo(simulation.Targets[0].Id).ShouldBeNull();
        simulation.RollBack(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.WorkUntil(run => run.AvailableTo(simulation.Targets[0].Id) is not null);

        simulation.Run.VersionsOf(simulation.Run.AvailableTo(simulation.Targets[0].Id)!).ShouldBe([Given.Old]);
        Reports(simulation, 0, Old).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.RolledBack);
        simulation.Observations.ShouldAllBe(seen => seen.VersionId == Given.Old.VersionId);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void The_way_back_has_a_quota_too_and_below_it_halts_as_a_rollback_that_failed()
    {
        var simulation = Available(8, "75%");
        simulation.Run.Stop("It crashes", Given.Dora, simulation.Now).Error.ShouldBeNull();
        simulation.RollBack(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        var back = simulation.Run.Of(Stage.Execute).Phases[^1];
        (back.IsRollback, back.Quota, back.FailureBudget).ShouldBe((true, 6, 2));

        simulation.WorkUntil(run => run.AvailableTo(simulation.Targets[0].Id) is not null);
        foreach (var target in (int[])[0, 1, 2]) Reports(simulation, target, Old, succeeded: false).Error.ShouldBeNull();
        simulation.Work().Run.OpenHalt!.Cause.ShouldBe(HaltCause.RollbackStepFailed);
    }

    /// <summary>Whatever the targets do in whatever order: it passes if and only if the quota succeeded, and never twice for one.</summary>
    [Fact]
    public void The_quota_alone_decides()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var (count, percent) = (random.Next(1, 12), random.Next(1, 101));
            var simulation = Available(count, $"{percent}%");
            var succeeded = 0;
            foreach (var target in Enumerable.Range(0, count).OrderBy(_ => random.Next()))
            {
                var said = random.Next(3);
                if (said == 2 || simulation.Run.AvailableTo(simulation.Targets[target].Id) is null) continue;

                Reports(simulation, target, New, said == 0).Error.ShouldBeNull();
                succeeded += said == 0 ? 1 : 0;
                simulation.Advance();
            }

            simulation.Work();
            var needed = Math.Max(1, count * percent / 100);
            (simulation.Run.Status is RunStatus.Succeeded).ShouldBe(succeeded >= needed, $"seed {seed}: {succeeded} of {count} succeeded, {needed} had to");
            simulation.ShouldFoldToItsState();
        }
    }

    private static Simulation Available(int count, string quota, int upToDate = 0, Func<TargetRun, TimeSpan>? fetches = null)
    {
        var model = Given.Model("100%", "0", new StepDefinition("Fetch it", new AwaitPull()) { Timeout = "1h" });
        model = model with { Execute = model.Execute with { Phases = new AllAtOnce(), Distribution = Distribution.Pull, Quota = quota } };
        var targets = Given.Targets(count);
        return new Simulation(Given.Run(targets, model), targets, (targetRun, step) => step switch
        {
            { Settings: not AwaitPull } => StepOutcome.Succeeded.Plain,
            { Ticket: null } => new StepOutcome.StillRunning("available", fetches?.Invoke(targetRun) ?? TimeSpan.FromHours(1)) { ReportedBy = "it" },
            _ => new StepOutcome.TimedOut("It did not fetch and report."),
        }, model: model)
        { UpToDate = [.. targets.Take(upToDate)] }.WorkUntil(run => run.WaitingFor is WaitingReason.ExternalReport);
    }

    private static IReadOnlyList<Evidence> Shown(Simulation simulation, int target) => simulation.Run.In(Stage.Execute, 1).ElementAt(target).Steps[0].LastAttempt!.WhatShowsIt();

    private static Result Reports(Simulation simulation, int target, Dictionary<string, Digest> observed, bool succeeded = true) =>
        simulation.Run.ReportPull(simulation.Targets[target].Id, succeeded, succeeded ? null : "No space", observed, simulation.Now);
}
