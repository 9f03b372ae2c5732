using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Models;

namespace DeployHub.UnitTests.Runs;

/// <summary>Steps of one group begin at once on one target, under one claim, and what follows begins when all are over.</summary>
public sealed class RunningTogether
{
    private static readonly StepOutcome Broken = new StepOutcome.Failed("It broke.");

    private readonly Dictionary<string, StepOutcome?> _answers = [];

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
        _answers["One"] = Broken;
        simulation.Work();

        var steps = Work(simulation.Run).Steps;
        steps[0].Attempts.Count.ShouldBe(2);
        steps[0].Attempts[1].BeganAt.ShouldBe(steps[0].Attempts[0].EndedAt!.Value.AddSeconds(5));
        steps[0].Attempts[1].BeganAt.ShouldBeLessThanOrEqualTo(steps[2].Attempts[0].EndedAt!.Value, "it did not wait for the others");
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void When_one_fails_the_others_come_to_their_end_and_nothing_else_begins_but_what_cleans_up()
    {
        _answers["One"] = Broken;
        var simulation = Started().Work();

        Visits(simulation).ShouldBe(["One", "Two", "Three", "Undo"]);
        Statuses(Work(simulation.Run)).ShouldBe([StepStatus.Failed, StepStatus.Succeeded, StepStatus.Succeeded, StepStatus.Pending, StepStatus.Succeeded]);
        simulation.Run.OpenHalt!.Sentence.ShouldBe("“One” failed on web-1: It broke.");
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void A_retry_that_waits_does_not_begin_once_another_has_failed_and_has_its_turn_when_the_run_goes_on()
    {
        (_answers["One"], _answers["Three"]) = (Broken, Broken);
        var simulation = Started(steps => steps[0] = steps[0] with { Retries = 3, AfterLoss = AfterLoss.RunAgain }, takesLong: false).Work();
        Statuses(Work(simulation.Run)).ShouldBe([StepStatus.Pending, StepStatus.Succeeded, StepStatus.Failed, StepStatus.Pending, StepStatus.Succeeded]);
        simulation.Run.OpenHalt!.Step.ShouldBe("Three");

        _answers.Clear();
        simulation.Run.ContinueManually(Given.ByHand(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        Visits(simulation).Count(visit => visit == "One").ShouldBe(2);
        Visits(simulation).Count(visit => visit == "Two").ShouldBe(1);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void A_halt_names_the_first_that_failed_and_says_how_many_more_and_a_retry_means_all_of_them()
    {
        (_answers["One"], _answers["Three"]) = (Broken, new StepOutcome.TimedOut("Too slow."));
        var simulation = Started().Work();
        simulation.Run.OpenHalt!.Sentence.ShouldBe("“One” and 1 other step failed on web-1: It broke.");

        _answers.Clear();
        simulation.Run.Retry(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        Visits(simulation).ShouldBe(["One", "Two", "Three", "Undo", "One", "Three", "Switch"]);
        Work(simulation.Run).Steps.Select(step => step.HumanRetries).ShouldBe([1, 0, 1, 0, 0]);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void The_first_that_failed_is_the_first_in_time()
    {
        var (run, work) = Claimed();
        Record(run, work, 3, Given.Now.AddSeconds(1), Broken).ShouldBeEmpty();
        Record(run, work, 1, Given.Now.AddSeconds(2), new StepOutcome.Failed("It broke, too.")).ShouldBeEmpty();
        Record(run, work, 2, Given.Now.AddSeconds(3)).ShouldHaveSingleItem().Name.ShouldBe("Undo");
        Record(run, work, 5, Given.Now.AddSeconds(4)).ShouldBeEmpty();

        run.Advance(NCalcConditions.Instance, Given.Now.AddSeconds(4));
        run.OpenHalt!.Sentence.ShouldBe("“Three” and 1 other step failed on web-1: It broke.");
    }

    [Fact]
    public void Done_by_hand_means_every_one_that_failed()
    {
        (_answers["Two"], _answers["Three"]) = (Broken, Broken);
        var simulation = Started().Work();
        simulation.Run.ContinueManually(Given.ByHand(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        Statuses(Work(simulation.Run)).ShouldBe([StepStatus.Succeeded, StepStatus.SkippedByResolution, StepStatus.SkippedByResolution, StepStatus.Succeeded, StepStatus.NotApplicable]);
    }

    [Fact]
    public void Only_when_every_one_that_failed_is_a_check_may_they_be_waived()
    {
        (_answers["One"], _answers["Three"]) = (Broken, Broken);
        Started(steps => steps[0] = Step("One", new CheckScript(["look"]))).Work().Run.MayBeWaived.ShouldBeFalse();

        (_answers["One"], _answers["Three"]) = (Broken, Broken);
        var checks = Started(steps => (steps[0], steps[2]) = (Step("One", new CheckScript(["look"])), Step("Three", new CheckHttp("http://web")))).Work();
        checks.Run.AcceptWithWaiver(Given.Waiving(checks.Now)).Error.ShouldBeNull();
        Statuses(Work(checks.Run)).Take(3).ShouldBe([StepStatus.SkippedByResolution, StepStatus.Succeeded, StepStatus.SkippedByResolution]);
    }

    [Fact]
    public void Forged_bytes_are_what_the_halt_is_about_whatever_else_failed_before_and_nobody_waives_them()
    {
        (_answers["One"], _answers["Three"]) = (Broken, new StepOutcome.Failed("Other bytes.", HaltCause.DigestMismatch));
        var checks = Started(steps => (steps[0], steps[2]) = (Step("One", new CheckScript(["look"])), Step("Three", new CheckHttp("http://web")))).Work();
        checks.Run.OpenHalt!.Cause.ShouldBe(HaltCause.DigestMismatch);
        checks.Run.MayBeWaived.ShouldBeFalse();
    }

    [Fact]
    public void What_a_stopping_worker_leaves_in_a_halted_run_waits_for_the_decision()
    {
        var (targets, model) = (Given.Targets(2), Model(steps => steps[0] = steps[0] with { AfterLoss = AfterLoss.RunAgain }));
        model = model with { Execute = model.Execute with { Phases = new PhaseList([new("All", "rest")]), Steps = [.. model.Execute.Steps.Take(4)] } };
        var simulation = new Simulation(Given.Run(targets, model), targets, (_, _) => StepOutcome.Succeeded.Plain, model: model).WorkUntil(run => run.In(Stage.Execute, 1).Any(targetRun => targetRun.Status is TargetRunStatus.Ready));
        var run = simulation.Run;
        var (bad, good) = (run.Claim("w1", 1, Given.Lease, Given.Now).Single(), run.Claim("w2", 1, Given.Lease, Given.Now).Single());
        foreach (var step in (int[])[1, 2, 3]) Record(run, bad, step, Given.Now, Broken);
        run.Advance(NCalcConditions.Instance, Given.Now);
        run.OpenHalt.ShouldNotBeNull();

        run.HandBack(good.Id, good.Fence, 1, Given.Now).Error.ShouldBeNull();
        foreach (var step in (int[])[2, 3]) run.Record(good.Id, good.Fence, step, StepOutcome.Succeeded.Plain, null, Given.Now).Value.ShouldBeEmpty();
        good.Status.ShouldBe(TargetRunStatus.Pending);
        run.Retry(Given.Decision(Given.Now)).Error.ShouldBeNull();
        run.Advance(NCalcConditions.Instance, Given.Now);
        good.Status.ShouldBe(TargetRunStatus.Ready);
    }

    [Fact]
    public void A_person_is_asked_about_a_lost_step_that_cleans_up()
    {
        (_answers["Switch"], _answers["Undo"]) = (Broken, null);
        var simulation = Started().Work();
        (simulation.Run.OpenHalt!.Cause, simulation.Run.OpenHalt.Step).ShouldBe((HaltCause.WorkerLost, "Undo"));

        simulation.Run.ContinueManually(Given.ByHand(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        Visits(simulation).Count(visit => visit == "Undo").ShouldBe(1);
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
        (_answers["One"], _answers["Two"], _answers["Three"]) = (null, null, null);
        simulation.Work();

        simulation.Run.OpenHalt!.Cause.ShouldBe(HaltCause.WorkerLost);
        simulation.Run.OpenHalt.Step.ShouldBe("Two");
        Statuses(Work(simulation.Run)).ShouldBe([StepStatus.Pending, StepStatus.Unknown, StepStatus.Unknown, StepStatus.Pending, StepStatus.Pending]);

        _answers.Clear();
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
        _answers["Two"] = StepOutcome.Succeeded.Plain with { Outputs = new Dictionary<string, string> { ["port"] = "8080" } };
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
        _answers["Read"] = Broken;
        var simulation = new Simulation(Given.Run(targets, model), targets, Answer, model: model).Work();
        simulation.RollBack(Given.Decision(simulation.Now)).Error.ShouldBeNull();

        simulation.Run.TargetRuns[^1].Steps.Select(step => (step.Name, step.Group)).ShouldBe([("One", 1), ("Two", 1), ("Read", 3), ("Ask", 3)]);
    }

    private Simulation Started(Action<StepDefinition[]>? change = null, bool takesLong = true)
    {
        var (targets, model) = (Given.Targets(1), Model(change ?? (_ => { })));
        return new Simulation(Given.Run(targets, model), targets, Answer, model: model) { TakesLong = () => takesLong };
    }

    private StepOutcome? Answer(TargetRun targetRun, StepRun step) => _answers.Remove(step.Name, out var answer) ? answer : StepOutcome.Succeeded.Plain;

    /// <summary>A run whose group one worker has in its hands, with no time passed.</summary>
    private static (Run Run, TargetRun Work) Claimed(Action<StepDefinition[]>? change = null)
    {
        var (targets, model) = (Given.Targets(1), Model(change ?? (_ => { })));
        var simulation = new Simulation(Given.Run(targets, model), targets, (_, _) => StepOutcome.Succeeded.Plain, model: model).WorkUntil(run => Work(run).Status is TargetRunStatus.Ready);
        simulation.Run.Claim("w1", 1, Given.Lease, Given.Now).ShouldHaveSingleItem();
        return (simulation.Run, Work(simulation.Run));
    }

    private static IReadOnlyList<StepRun> Record(Run run, TargetRun work, int step, DateTimeOffset at, StepOutcome? outcome = null) =>
        run.Record(work.Id, work.Fence, step, outcome ?? StepOutcome.Succeeded.Plain, Given.Lease, at).Value;

    private static TargetRun Work(Run run) => run.In(Stage.Execute, 1).First();

    private static List<StepStatus> Statuses(TargetRun targetRun) => [.. targetRun.Steps.Select(step => step.Status)];

    private static List<string> Visits(Simulation simulation) =>
        [.. simulation.Visits.Where(visit => visit.StartsWith("Execute", StringComparison.Ordinal)).Select(visit => visit["Execute web-1 ".Length..])];

    private static ModelContent Model(Action<StepDefinition[]> change)
    {
        StepDefinition[] steps =
        [
            Step("One", new RunScript(["one"])),
            Step("Two", new RunScript(["two"])),
            Step("Three", new RunScript(["three"])),
            new("Switch", new RunScript(["switch"])),
            new("Undo", new RunScript(["undo"])) { Runs = StepRuns.OnFailure },
        ];
        change(steps);
        return Given.Model(execute: steps);
    }

    private static StepDefinition Step(string name, StepSettings settings) => new(name, settings) { Together = "group" };
}
