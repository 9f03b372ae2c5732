using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Models;

namespace DeployHub.UnitTests.Runs;

/// <summary>Who waits for a lock says for whom, and what was on the targets counts from when the lock was obtained (domain B3).</summary>
public sealed class ObtainingLocks
{
    [Fact]
    public void A_run_waits_for_the_lock_names_who_holds_it_and_goes_on_when_it_is_free()
    {
        var targets = Given.Targets(2);
        var run = AtTheLock(Given.Run(targets));
        run.WaitForLock("DEP-2026-000007/R1", Given.Now);

        (run.Status, run.WaitingFor).ShouldBe((RunStatus.Waiting, WaitingReason.Lock));
        run.WaitingSentence.ShouldBe("DEP-2026-000007/R1 is executing in this environment; this run goes on when it has ended.");
        run.DueAt.ShouldBe(Given.Now.AddSeconds(15), "it asks again even when nobody rings");

        var later = Given.Now.AddSeconds(15);
        run.Advance(NCalcConditions.Instance, later).ShouldBe(Need.Locks);
        run.WaitForLock("DEP-2026-000008/R1", later);
        run.WaitingSentence!.ShouldStartWith("DEP-2026-000008/R1 is executing");

        run.ObtainedLocks(Given.Baselines(targets, Given.Old), later.AddSeconds(1));
        (run.Status, run.WaitingFor, run.WaitingSentence).ShouldBe((RunStatus.Running, null, null));
        run.Advance(NCalcConditions.Instance, later.AddSeconds(1)).ShouldBe(Need.Nothing);
        run.TakeNewEvents().ShouldFoldTo(run);
    }

    [Fact]
    public void The_record_says_that_the_lock_was_obtained_and_of_how_many_targets_a_baseline_was_taken()
    {
        var targets = Given.Targets(2);
        var run = AtTheLock(Given.Run(targets));
        run.ObtainedLocks(Given.Baselines(targets, Given.Old), Given.Now);

        var held = run.TakeNewEvents().Single(happened => happened.Subject == "lock");
        (held.Became, held.Text).ShouldBe(("Held", "Lock obtained, baseline of 2 targets taken."));
    }

    [Fact]
    public void A_target_is_left_unchanged_only_when_it_has_every_version()
    {
        var api = new MovedVersion(ComponentId.New(), "api", ComponentVersionId.New(), "2.0.0", Domain.Digest.OfText("2.0.0"));
        var targets = Given.Targets(2);
        var expansion = new Expansion("DEP-2026-000001", "production", Given.Model(), new Dictionary<string, string>(), [Given.New, api], targets);
        expansion.Expand().Error.ShouldBeNull();
        var run = AtTheLock(Run.Start(DeploymentId.New(), 1, "DEP-2026-000001/R1", EnvironmentId.New(), true, [Given.New, api], expansion, Given.Paul, Given.Now));

        run.ObtainedLocks([.. Given.Baselines(targets, Given.New), new Baseline(targets[0].Id, api.ComponentId, api), new Baseline(targets[1].Id, api.ComponentId, null)], Given.Now);
        run.In(Stage.Execute, 1).Select(targetRun => targetRun.Status).ShouldBe([TargetRunStatus.Unchanged, TargetRunStatus.Pending]);
    }

    /// <summary>The versions are verified; the lock is what it needs next.</summary>
    private static Run AtTheLock(Run run)
    {
        while (run.Advance(NCalcConditions.Instance, Given.Now) is Need.Nothing)
            foreach (var targetRun in run.Claim("w1", 9, Given.Lease, Given.Now))
                run.Record(targetRun.Id, targetRun.Fence, 1, StepOutcome.Succeeded.Plain, Given.Lease, Given.Now).Error.ShouldBeNull();
        return run;
    }
}
