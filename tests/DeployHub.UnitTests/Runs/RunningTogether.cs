using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Models;

namespace DeployHub.UnitTests.Runs;

/// <summary>Steps of one group begin at once on one target, under one claim, and what follows begins when all are over.</summary>
public sealed class RunningTogether : StepsTogether
{
    [Fact]
    public void All_begin_at_once_and_what_follows_begins_when_the_last_is_over()
    {
        var (run, work) = Claimed();
        var at = Given.Now;
        Statuses(work).ShouldBe([StepStatus.Running, StepStatus.Running, StepStatus.Running, StepStatus.Pending, StepStatus.Pending]);
        work.StepsHeld.Count().ShouldBe(3);

        Record(run, work, 2, at).ShouldBeEmpty();
        Record(run, work, 1, at).ShouldBeEmpty();
        Statuses(work)[3].ShouldBe(StepStatus.Pending);
        Record(run, work, 3, at).ShouldHaveSingleItem().Name.ShouldBe("Switch");
        run.Record(work.Id, work.Fence, 1, StepOutcome.Succeeded.Plain, Given.Lease, at).Error.ShouldBe(RunErrors.StaleFence, "it is over");
    }

    [Fact]
    public void One_worker_has_all_of_them_under_one_fence_and_one_lease()
    {
        var (run, work) = Claimed();
        run.HandsOf("w1").ShouldBe(1);
        run.Claim("w2", 9, Given.Lease, Given.Now).ShouldBeEmpty();
        work.Steps.Take(3).ShouldAllBe(step => step.LastAttempt!.Worker == "w1");
        work.Fence.ShouldBe(1);
    }

    [Fact]
    public void What_goes_on_by_itself_is_looked_at_while_the_others_run_by_whoever_has_them()
    {
        var (run, work) = Claimed();
        Record(run, work, 2, Given.Now, new StepOutcome.StillRunning("ticket", TimeSpan.FromSeconds(5)));
        var due = Given.Now.AddSeconds(5);

        work.StepsRestingBeside.ShouldHaveSingleItem().DueAt.ShouldBe(due);
        run.ClaimBeside(work.Id, work.Fence, due.AddSeconds(-1)).ShouldBeEmpty();
        run.Claim("w2", 9, Given.Lease, due).ShouldBeEmpty();
        run.ClaimBeside(work.Id, work.Fence - 1, due).ShouldBeEmpty("an old fence takes nothing");
        run.ClaimBeside(work.Id, work.Fence, due).ShouldHaveSingleItem().Ticket.ShouldBe("ticket");
        run.ClaimBeside(work.Id, work.Fence, due).ShouldBeEmpty("it is taken");
        work.Steps[1].Attempts.Count.ShouldBe(1);
    }

    [Fact]
    public void The_lease_ends_when_the_worker_has_none_of_them_any_more_and_the_next_claim_takes_those_that_are_due()
    {
        var (run, work) = Claimed();
        Record(run, work, 1, Given.Now, new StepOutcome.StillRunning("one", TimeSpan.FromSeconds(9)));
        Record(run, work, 2, Given.Now, new StepOutcome.StillRunning("two", TimeSpan.FromSeconds(5)));
        work.LeaseUntil.ShouldNotBeNull();
        Record(run, work, 3, Given.Now);

        (work.LeaseUntil, work.DueAt).ShouldBe((null, Given.Now.AddSeconds(5)));
        var due = Given.Now.AddSeconds(5);
        run.Claim("w2", 9, Given.Lease, due).ShouldHaveSingleItem().StepsHeld.ShouldHaveSingleItem().Ticket.ShouldBe("two");
        Record(run, work, 2, due);
        (work.LeaseUntil, work.DueAt).ShouldBe((null, Given.Now.AddSeconds(9)));
        run.Claim("w1", 9, Given.Lease, Given.Now.AddSeconds(9)).ShouldHaveSingleItem();
        Record(run, work, 1, Given.Now.AddSeconds(9)).ShouldHaveSingleItem().Name.ShouldBe("Switch");
    }

    [Fact]
    public void A_member_is_tried_again_while_the_others_run()
    {
        var simulation = Started(steps => steps[0] = steps[0] with { Retries = 1, AfterLoss = AfterLoss.RunAgain });
        Answers["One"] = Broken;
        simulation.Work();

        var steps = Work(simulation.Run).Steps;
        steps[0].Attempts.Count.ShouldBe(2);
        steps[0].Attempts[1].BeganAt.ShouldBe(steps[0].Attempts[0].EndedAt!.Value.AddSeconds(5));
        steps[0].Attempts[1].BeganAt.ShouldBeLessThanOrEqualTo(steps[2].Attempts[0].EndedAt!.Value, "it did not wait for the others");
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void What_would_change_the_same_or_are_too_many_are_refused_when_everything_is_filled()
    {
        Expanded(Step("One", new Upload("a.txt")), Step("Two", new Upload("${target.name}.txt"))).Error.ShouldBeNull();
        Expanded(Step("One", new Upload("web-1.txt")), Step("Two", new Upload("${target.name}.txt"))).Error!.Message.ShouldContain("“One” and “Two” would run together on web-1 and all change the file web-1.txt");
        Expanded([.. Enumerable.Range(1, 9).Select(number => Step($"Step {number}", new RunScript([$"{number}"])))]).Error!.Message.ShouldContain("at most 8 steps may");
    }

    private static Domain.Result Expanded(params StepDefinition[] steps) => Given.Expansion(Given.Model(execute: steps), Given.Targets(1)).Expand();

    [Fact]
    public void Each_lost_member_is_treated_as_it_says_and_the_one_that_a_person_is_asked_about_is_named()
    {
        var simulation = Started(steps =>
        {
            steps[0] = steps[0] with { AfterLoss = AfterLoss.RunAgain };
            steps[2] = steps[2] with { Probe = new CheckScript(["look"]) };
        });
        (Answers["One"], Answers["Two"], Answers["Three"]) = (null, null, null);
        simulation.Work();

        simulation.Run.OpenHalt!.Cause.ShouldBe(HaltCause.WorkerLost);
        simulation.Run.OpenHalt.Step.ShouldBe("Two");
        Statuses(Work(simulation.Run)).ShouldBe([StepStatus.Pending, StepStatus.Unknown, StepStatus.Unknown, StepStatus.Pending, StepStatus.Pending]);

        Answers.Clear();
        simulation.Run.ContinueManually(Given.ByHand(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        var steps = Work(simulation.Run).Steps;
        steps[0].Attempts.Count.ShouldBe(2);
        steps[1].Attempts.Count.ShouldBe(1, "what a person answered for is not done again");
        steps[2].Attempts.Select(attempt => attempt.IsProbe).ShouldBe([false, true], "a probe said that it happened");
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void What_goes_on_by_itself_is_not_lost_with_the_worker_and_ends_before_anybody_is_asked()
    {
        var (run, work) = Claimed();
        Record(run, work, 1, Given.Now, new StepOutcome.StillRunning("ticket", TimeSpan.FromSeconds(40)));
        var later = Given.Now + Given.Lease;
        run.Advance(NCalcConditions.Instance, later);
        Statuses(work).Take(3).ShouldBe([StepStatus.Running, StepStatus.Unknown, StepStatus.Unknown]);
        (work.Status, work.LeaseUntil, work.DueAt).ShouldBe((TargetRunStatus.InProgress, null, Given.Now.AddSeconds(40)));

        later = Given.Now.AddSeconds(40);
        run.Claim("w2", 9, Given.Lease, later).ShouldHaveSingleItem().StepsHeld.ShouldHaveSingleItem().Ticket.ShouldBe("ticket");
        Record(run, work, 1, later).ShouldBeEmpty();
        run.Advance(NCalcConditions.Instance, later);
        run.OpenHalt!.Sentence.ShouldStartWith("“Two” and 1 other step failed on web-1: The worker was lost");
    }

    [Fact]
    public void A_worker_that_stops_hands_back_what_it_cannot_finish_and_what_it_finishes_counts()
    {
        var (run, work) = Claimed(steps => steps[0] = steps[0] with { AfterLoss = AfterLoss.RunAgain });
        run.HandBack(work.Id, work.Fence, 1, Given.Now).Error.ShouldBeNull();
        run.HandBack(work.Id, work.Fence, 1, Given.Now).Error.ShouldBe(RunErrors.StaleFence);
        work.LeaseUntil.ShouldNotBeNull("two others are still done");
        run.Record(work.Id, work.Fence, 2, StepOutcome.Succeeded.Plain, null, Given.Now).Value.ShouldBeEmpty();
        run.Record(work.Id, work.Fence, 3, StepOutcome.Succeeded.Plain, null, Given.Now).Value.ShouldBeEmpty();

        work.Status.ShouldBe(TargetRunStatus.Ready);
        run.Claim("w2", 9, Given.Lease, Given.Now).ShouldHaveSingleItem().StepsHeld.ShouldHaveSingleItem().Name.ShouldBe("One");
    }

    [Fact]
    public void None_begins_when_one_of_them_cannot()
    {
        var simulation = Started(steps => steps[2] = steps[2] with { When = "${environment.key} > 3" }).Work();
        Visits(simulation).ShouldBe(["Undo"]);
        Statuses(Work(simulation.Run)).ShouldBe([StepStatus.Pending, StepStatus.Pending, StepStatus.Failed, StepStatus.Pending, StepStatus.Succeeded]);
    }

    [Fact]
    public void A_member_whose_condition_is_false_is_left_out_and_what_the_others_say_can_be_used_after_them()
    {
        Answers["Two"] = StepOutcome.Succeeded.Plain with { Outputs = new Dictionary<string, string> { ["port"] = "8080" } };
        var simulation = Started(steps =>
        {
            steps[0] = steps[0] with { When = "${environment.key} == 'test'" };
            steps[1] = Step("Two", new RunScript(["two"], Outputs: ["port"])) with { Key = "two" };
            steps[3] = new StepDefinition("Switch", new RunScript(["switch", "${step.two.port}"]));
        }).Work();

        simulation.Run.Status.ShouldBe(RunStatus.Succeeded);
        Statuses(Work(simulation.Run))[0].ShouldBe(StepStatus.NotApplicable);
        Work(simulation.Run).Steps[3].Settings.ShouldBeOfType<RunScript>().Command.ShouldBe(["switch", "8080"]);
    }

    [Fact]
    public void A_rollback_keeps_the_groups_of_the_way_back_and_of_the_verification_apart()
    {
        var model = Model(_ => { }) with { VerifyDeployment = [Step("Read", new CheckHttp("http://web/${target.name}")), Step("Ask", new CheckScript(["ask"]))] };
        model = model with { Execute = model.Execute with { Steps = [.. model.Execute.Steps.Take(2)] } };
        var targets = Given.Targets(1);
        Answers["Read"] = Broken;
        var simulation = new Simulation(Given.Run(targets, model), targets, Answer, model: model).Work();
        simulation.RollBack(Given.Decision(simulation.Now)).Error.ShouldBeNull();

        simulation.Run.TargetRuns[^1].Steps.Select(step => (step.Name, step.Group)).ShouldBe([("One", 1), ("Two", 1), ("Read", 3), ("Ask", 3)]);
    }
}
