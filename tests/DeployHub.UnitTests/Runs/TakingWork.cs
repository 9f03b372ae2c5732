using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Workers;
using DeployHub.Features.Models;

namespace DeployHub.UnitTests.Runs;

/// <summary>What a worker gets, for how long it has it, and what it may no longer say (domain CR-2).</summary>
public sealed class TakingWork
{
    private static readonly DateTimeOffset Later = Given.Now.AddSeconds(10);

    [Fact]
    public void A_worker_takes_as_many_as_it_has_hands_and_has_them_until_the_lease_ends()
    {
        var run = Ready(Given.Targets(3));
        run.DueAt.ShouldBe(Given.Now, "workers have something to do at once");
        run.Claim("w1", 2, Given.Lease, Given.Now).Select(targetRun => targetRun.Subject).ShouldBe(["web-1", "web-2"]);
        run.Claim("w2", 9, Given.Lease, Later).Select(targetRun => targetRun.Subject).ShouldBe(["web-3"]);

        Execute(run).Select(targetRun => (targetRun.Worker, targetRun.LeaseUntil, targetRun.BeganAt)).ShouldBe(
        [
            ("w1", Given.Now + Given.Lease, Given.Now), ("w1", Given.Now + Given.Lease, Given.Now), ("w2", Later + Given.Lease, Later),
        ]);
        (run.HandsOf("w1"), run.HandsOf("w2"), run.HandsOf("w3")).ShouldBe((2, 1, 0));
        run.DueAt.ShouldBe(Given.Now + Given.Lease, "then the first of them may be lost");
    }

    [Fact]
    public void A_hand_is_free_again_when_its_target_is_over()
    {
        var run = Ready(Given.Targets(1));
        var work = run.Claim("w1", 1, Given.Lease, Given.Now).Single();
        run.Record(work.Id, work.Fence, 1, StepOutcome.Succeeded.Plain, Given.Lease, Later).Value.ShouldHaveSingleItem().Name.ShouldBe("Switch");
        work.LeaseUntil.ShouldBe(Later + Given.Lease, "it goes on at once");
        run.Record(work.Id, work.Fence, 2, StepOutcome.Succeeded.Plain, Given.Lease, Later).Error.ShouldBeNull();

        (work.Status, work.Worker, run.HandsOf("w1")).ShouldBe((TargetRunStatus.Succeeded, "w1", 0));
    }

    [Fact]
    public void A_worker_gets_only_what_its_pools_serve()
    {
        var targets = Given.Targets(2);
        var run = Ready([targets[0], targets[1] with { Pool = "plant" }]);
        var (plant, store) = (new Pools(["plant"]), new Pools(["store"]));

        run.HasWork(store, Given.Now).ShouldBeFalse();
        run.Claim("w1", 9, Given.Lease, Given.Now, store).ShouldBeEmpty();
        run.HasWork(plant, Given.Now).ShouldBeTrue();
        run.Claim("w1", 9, Given.Lease, Given.Now, plant).ShouldHaveSingleItem().Subject.ShouldBe("web-2");
        run.HasWork(plant, Given.Now).ShouldBeFalse("it is taken");
        run.PoolsWithWork(Given.Now).ShouldBe([Pools.Default]);
    }

    [Fact]
    public void A_worker_that_gets_nothing_does_not_postpone_what_the_driver_has_to_do()
    {
        var run = Ready(Given.Targets(1), new StepDefinition("Swap", new ManualWork("Swap it.", EvidenceRule.None)));
        var work = run.Claim("w1", 1, Given.Lease, Given.Now).Single();
        run.Record(work.Id, work.Fence, 1, new StepOutcome.NeedsPerson(), Given.Lease, Given.Now).Error.ShouldBeNull();
        run.Answer(work.Id, 1, new AnswerGiven(ManualAnswer.Done), Given.Dora, Later).Error.ShouldBeNull();

        run.Claim("w2", 9, Given.Lease, Later).ShouldBeEmpty();
        run.DueAt.ShouldBe(Later);
    }

    [Fact]
    public void What_a_person_is_asked_is_no_worker_s_even_when_its_time_is_over()
    {
        var run = Ready(Given.Targets(1), new StepDefinition("Swap", new ManualWork("Swap it.", EvidenceRule.None)) { Timeout = "5m" });
        var work = run.Claim("w1", 1, Given.Lease, Given.Now).Single();
        run.Record(work.Id, work.Fence, 1, new StepOutcome.NeedsPerson(), Given.Lease, Given.Now).Error.ShouldBeNull();

        work.Steps[0].Status.ShouldBe(StepStatus.WaitingForPerson);
        run.Claim("w2", 9, Given.Lease, Given.Now.AddMinutes(5)).ShouldBeEmpty();
    }

    [Fact]
    public void Only_who_has_a_step_hands_it_back_and_says_what_became_of_it()
    {
        var run = Ready(Given.Targets(1));
        var work = run.Claim("w1", 1, Given.Lease, Given.Now).Single();

        run.HandBack(TargetRunId.New(), work.Fence, 1, Given.Now).Error.ShouldBe(RunErrors.StaleFence);
        run.HandBack(work.Id, work.Fence - 1, 1, Given.Now).Error.ShouldBe(RunErrors.StaleFence);
        run.Record(TargetRunId.New(), work.Fence, 1, StepOutcome.Succeeded.Plain, Given.Lease, Given.Now).Error.ShouldBe(RunErrors.StaleFence);
        work.Steps[0].Status.ShouldBe(StepStatus.Running);

        run.HandBack(work.Id, work.Fence, 1, Later).Error.ShouldBeNull();
        (work.Status, work.LeaseUntil, work.Steps[0].LastAttempt!.EndedAt).ShouldBe((TargetRunStatus.Ready, null, Later));
    }

    [Fact]
    public void Another_worker_goes_on_with_what_was_begun_before_under_a_new_fence()
    {
        var run = Ready(Given.Targets(1));
        var work = run.Claim("w1", 1, Given.Lease, Given.Now).Single();
        var fence = work.Fence;
        run.HandBack(work.Id, fence, 1, Later).Error.ShouldBeNull();
        run.Claim("w2", 1, Given.Lease, Later).ShouldHaveSingleItem();

        (work.Worker, work.BeganAt).ShouldBe(("w2", Given.Now));
        work.Fence.ShouldBeGreaterThan(fence);
        run.HandBack(work.Id, fence, 1, Later).Error.ShouldBe(RunErrors.StaleFence);
    }

    [Fact]
    public void Nothing_was_tried_before_a_worker_has_it()
    {
        var step = Execute(Ready(Given.Targets(1))).Single().Steps[0];
        (step.LastAttempt, step.Trouble()).ShouldBe((null, null));
    }

    /// <summary>A run whose targets workers may take, with no time passed.</summary>
    private static Run Ready(IReadOnlyList<RunTarget> targets, params StepDefinition[] steps)
    {
        var model = Given.Model("9", "0", steps);
        var run = new Simulation(Given.Run(targets, model), targets, (_, _) => StepOutcome.Succeeded.Plain, model: model).WorkUntil(run => Execute(run).All(targetRun => targetRun.Status is TargetRunStatus.Ready)).Run;
        run.Advance(NCalcConditions.Instance, Given.Now).ShouldBe(Need.Nothing);
        return run;
    }

    private static IEnumerable<TargetRun> Execute(Run run) => run.In(Stage.Execute, 1);
}
