using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Models;

namespace DeployHub.UnitTests.Runs;

/// <summary>When steps of one group fail, the others come to their end, and what people decide means all that failed.</summary>
public sealed class FailingTogether : StepsTogether
{
    [Fact]
    public void When_one_fails_the_others_come_to_their_end_and_nothing_else_begins_but_what_cleans_up()
    {
        Answers["One"] = Broken;
        var simulation = Started().Work();

        Visits(simulation).ShouldBe(["One", "Two", "Three", "Undo"]);
        Statuses(Work(simulation.Run)).ShouldBe([StepStatus.Failed, StepStatus.Succeeded, StepStatus.Succeeded, StepStatus.Pending, StepStatus.Succeeded]);
        simulation.Run.OpenHalt!.Sentence.ShouldBe("“One” failed on web-1: It broke.");
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void A_retry_that_waits_does_not_begin_once_another_has_failed_and_has_its_turn_when_the_run_goes_on()
    {
        (Answers["One"], Answers["Three"]) = (Broken, Broken);
        var simulation = Started(steps => steps[0] = steps[0] with { Retries = 3, AfterLoss = AfterLoss.RunAgain }, takesLong: false).Work();
        Statuses(Work(simulation.Run)).ShouldBe([StepStatus.Pending, StepStatus.Succeeded, StepStatus.Failed, StepStatus.Pending, StepStatus.Succeeded]);
        simulation.Run.OpenHalt!.Step.ShouldBe("Three");

        Answers.Clear();
        simulation.Run.ContinueManually(Given.ByHand(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        Visits(simulation).Count(visit => visit == "One").ShouldBe(2);
        Visits(simulation).Count(visit => visit == "Two").ShouldBe(1);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void A_halt_names_the_first_that_failed_and_says_how_many_more_and_a_retry_means_all_of_them()
    {
        (Answers["One"], Answers["Three"]) = (Broken, new StepOutcome.TimedOut("Too slow."));
        var simulation = Started().Work();
        simulation.Run.OpenHalt!.Sentence.ShouldBe("“One” and 1 other step failed on web-1: It broke.");

        Answers.Clear();
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
        (Answers["Two"], Answers["Three"]) = (Broken, Broken);
        var simulation = Started().Work();
        simulation.Run.ContinueManually(Given.ByHand(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        Statuses(Work(simulation.Run)).ShouldBe([StepStatus.Succeeded, StepStatus.SkippedByResolution, StepStatus.SkippedByResolution, StepStatus.Succeeded, StepStatus.NotApplicable]);
    }

    [Fact]
    public void Only_when_every_one_that_failed_is_a_check_may_they_be_waived()
    {
        (Answers["One"], Answers["Three"]) = (Broken, Broken);
        Started(steps => steps[0] = Step("One", new CheckScript(["look"]))).Work().Run.MayBeWaived.ShouldBeFalse();

        (Answers["One"], Answers["Three"]) = (Broken, Broken);
        var checks = Started(steps => (steps[0], steps[2]) = (Step("One", new CheckScript(["look"])), Step("Three", new CheckHttp("http://web")))).Work();
        checks.Run.AcceptWithWaiver(Given.Waiving(checks.Now)).Error.ShouldBeNull();
        Statuses(Work(checks.Run)).Take(3).ShouldBe([StepStatus.SkippedByResolution, StepStatus.Succeeded, StepStatus.SkippedByResolution]);
    }

    [Fact]
    public void Forged_bytes_are_what_the_halt_is_about_whatever_else_failed_before_and_nobody_waives_them()
    {
        (Answers["One"], Answers["Three"]) = (Broken, new StepOutcome.Failed("Other bytes.", HaltCause.DigestMismatch));
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
        (Answers["Switch"], Answers["Undo"]) = (Broken, null);
        var simulation = Started().Work();
        (simulation.Run.OpenHalt!.Cause, simulation.Run.OpenHalt.Step).ShouldBe((HaltCause.WorkerLost, "Undo"));

        simulation.Run.ContinueManually(Given.ByHand(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        Visits(simulation).Count(visit => visit == "Undo").ShouldBe(1);
    }
}
