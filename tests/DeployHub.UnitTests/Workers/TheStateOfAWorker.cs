using DeployHub.Domain.Access;
using DeployHub.Domain.Workers;

namespace DeployHub.UnitTests.Workers;

public sealed class TheStateOfAWorker
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    private static readonly Pools OnlyDefault = new([Pools.Default]);
    private static readonly Actor Adam = new("adam", "Adam");

    [Theory]
    [InlineData(0, 0, WorkerState.Idle)]
    [InlineData(3, 3, WorkerState.Working)]
    [InlineData(0, 1, WorkerState.Working)] // taken since its last heartbeat
    [InlineData(1, 0, WorkerState.Working)] // looking after something that is not leased any more
    public void Is_working_while_it_has_anything_in_hand(int handsInUse, int held, WorkerState state) =>
        Worker(handsInUse).StateAt(Now, held).ShouldBe(state);

    [Theory]
    [InlineData(11_999, WorkerState.Idle)]
    [InlineData(12_000, WorkerState.Silent)]
    public void Is_silent_after_twelve_seconds_without_a_heartbeat(int milliseconds, WorkerState state) =>
        Worker().StateAt(Now.AddMilliseconds(milliseconds), held: 0).ShouldBe(state);

    [Fact]
    public void Is_silent_though_target_runs_are_still_leased_to_it() =>
        Worker(handsInUse: 2).StateAt(Now.AddMinutes(1), held: 2).ShouldBe(WorkerState.Silent);

    [Theory]
    [InlineData(true, 0, 0, WorkerState.Draining)] // it may still take something: it does not know yet
    [InlineData(false, 1, 0, WorkerState.Draining)]
    [InlineData(false, 0, 1, WorkerState.Draining)]
    [InlineData(false, 0, 0, WorkerState.Drained)]
    public void Is_drained_once_it_knows_and_holds_nothing(bool takesWork, int handsInUse, int held, WorkerState state)
    {
        var worker = Worker();
        worker.Drain(Adam, Now).Error.ShouldBeNull();
        worker.Beat(handsInUse, takesWork, Now);

        worker.StateAt(Now, held).ShouldBe(state);
        worker.StateAt(Now + WorkerProcess.SilentAfter, held).ShouldBe(WorkerState.Silent);
    }

    [Fact]
    public void Resuming_undoes_draining()
    {
        var worker = Worker();
        worker.Resume().Error.ShouldBe(WorkerErrors.NotDraining);
        worker.Drain(Adam, Now).Error.ShouldBeNull();
        worker.Drain(Adam, Now).Error.ShouldBe(WorkerErrors.AlreadyDraining);
        (worker.DrainingSince, worker.DrainedBy).ShouldBe((Now, Adam));

        worker.Resume().Error.ShouldBeNull();
        (worker.DrainingSince, worker.DrainedBy).ShouldBe((null, null));
        worker.StateAt(Now, held: 0).ShouldBe(WorkerState.Idle);
    }

    [Fact]
    public void A_stopped_worker_stays_stopped_until_a_process_begins_under_its_name()
    {
        var worker = Worker(handsInUse: 2);
        worker.Drain(Adam, Now).Error.ShouldBeNull();
        worker.Stop(Now);
        worker.StateAt(Now, held: 0).ShouldBe(WorkerState.Stopped);
        worker.StateAt(Now.AddHours(1), held: 1).ShouldBe(WorkerState.Stopped);

        worker.Start(Guid.CreateVersion7(), "host-2", "1.0.1", hands: 8, OnlyDefault, Now.AddHours(1));
        worker.Beat(handsInUse: 0, takesWork: true, Now.AddHours(1));
        worker.StateAt(Now.AddHours(1), held: 0).ShouldBe(WorkerState.Draining, "who drained it has not changed their mind");
    }

    private static WorkerProcess Worker(int handsInUse = 0)
    {
        var worker = WorkerProcess.Enter("worker-1");
        worker.Start(Guid.CreateVersion7(), "host-1", "1.0.0", hands: 16, OnlyDefault, Now);
        worker.Beat(handsInUse, takesWork: true, Now);
        return worker;
    }
}
