using DeployHub.Domain;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Workers;
using DeployHub.Features.Models;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Workers;

public sealed class ServingPools
{
    [Theory]
    [InlineData(null, "default")]
    [InlineData(" , ", "default")]
    [InlineData("dmz", "dmz")]
    [InlineData("dmz, default,dmz", "dmz,default")]
    public void Names_are_separated_by_commas(string? text, string names) => string.Join(',', Pools.Parse(text).Value.Names).ShouldBe(names);

    [Theory]
    [InlineData("DMZ")]
    [InlineData("dmz;lab")]
    public void A_name_is_a_key(string text) => Pools.Parse(text).Error!.Message.ShouldContain(Key.Rule);

    [Theory]
    [InlineData("dmz", true)]
    [InlineData("default", false)]
    [InlineData(null, true)] // what any worker can do
    public void A_worker_serves_its_own(string? pool, bool serves) => new Pools(["dmz"]).Serves(pool).ShouldBe(serves);

    [Fact]
    public void A_run_hands_out_only_what_the_worker_serves()
    {
        var targets = Given.Targets(2).Select((target, index) => index == 0 ? target with { Pool = "dmz" } : target).ToList();
        var run = Given.Run(targets);
        var (inside, outside) = (new Pools(["dmz"]), new Pools([Pools.Default]));
        run.Advance(NCalcConditions.Instance, Given.Now);
        run.ObtainedLocks([], Given.Now);
        run.Advance(NCalcConditions.Instance, Given.Now);

        var component = run.Claim("inside", 9, Given.Lease, Given.Now, inside).ShouldHaveSingleItem();
        (component.Stage, component.Pool).ShouldBe((Stage.VerifyComponents, null), "looking into a store needs no pool");
        foreach (var step in component.Steps) run.Record(component.Id, component.Fence, step.Number, StepOutcome.Succeeded.Plain, Given.Lease, Given.Now);
        run.Advance(NCalcConditions.Instance, Given.Now);

        run.PoolsWithWork(Given.Now).ShouldBe(["dmz", Pools.Default], ignoreOrder: true);
        run.Claim("outside", 9, Given.Lease, Given.Now, outside).ShouldHaveSingleItem().Subject.ShouldBe("web-2");
        run.HasWork(outside, Given.Now).ShouldBeFalse();
        run.HasWork(inside, Given.Now).ShouldBeTrue();
        run.WaitingForWorkers(Given.Now).ShouldHaveSingleItem().Pool.ShouldBe("dmz");
        run.Claim("inside", 9, Given.Lease, Given.Now, inside).ShouldHaveSingleItem().Subject.ShouldBe("web-1");
    }

    [Fact]
    public void A_worker_that_takes_no_work_serves_nobody()
    {
        var worker = WorkerProcess.Enter("worker-1");
        worker.Start(Guid.CreateVersion7(), "host-1", "1.0.0", hands: 16, new Pools(["dmz"]), Given.Now);
        worker.Beat(handsInUse: 0, takesWork: true, Given.Now);
        worker.Serves("dmz", Given.Now).ShouldBeTrue();
        worker.Serves("lab", Given.Now).ShouldBeFalse();
        worker.Serves("dmz", Given.Now + WorkerProcess.SilentAfter).ShouldBeFalse();

        worker.Drain(Given.Paul, Given.Now);
        worker.Serves("dmz", Given.Now).ShouldBeFalse();
    }
}
