using System.Collections.Concurrent;
using System.Threading.Channels;
using DeployHub.Domain.Runs;
using DeployHub.Features.DueWork;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeployHub.Worker;

/// <summary>
/// The hands of this worker: take what the driver hands out, do it, report, and go on with what comes next. Rings are only needed to
/// cross to another worker. One loop talks to the driver; what was reported while it was away is taken together.
/// </summary>
internal sealed class TargetWork(
    RunDriver driver, StepVisit visit, Leases leases, Doorbell doorbell, IOptions<WorkerOptions> options, TimeProvider clock, ILogger<TargetWork> logger)
    : IHostedService, IDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PassOnAfter = TimeSpan.FromMilliseconds(500); // a busy worker frees a hand sooner than another hears a ring

    private readonly Channel<Report?> _reports = Channel.CreateUnbounded<Report?>(new UnboundedChannelOptions { SingleReader = true }); // null: something may be due
    private readonly ConcurrentDictionary<Task, bool> _underWay = [];
    private readonly Dictionary<(TargetRunId, int Fence), int> _visits = []; // by what a hand holds; only the loop touches it
    private readonly CancellationTokenSource _hurry = new();
    private Task _loop = Task.CompletedTask;
    private TaskCompletionSource _freed = Freed();
    private volatile int _freeHands = options.Value.Hands;
    private volatile bool _isStopping;
    private volatile bool _isDraining;
    private volatile bool _takesWork = true;

    public int HandsInUse => options.Value.Hands - _freeHands;

    /// <summary>False once nothing new is taken any more: no move that began before the decision is under way.</summary>
    public bool TakesWork => _takesWork;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loop = Task.Run(TakeReportsAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Takes nothing new, lets short steps end, hands the rest back at once.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        await Task.WhenAny(Task.WhenAll(_underWay.Keys), Task.Delay(options.Value.GracePeriod, clock, cancellationToken));
        await _hurry.CancelAsync();
        await Task.WhenAll(_underWay.Keys);
        _reports.Writer.TryComplete();
        await _loop;
    }

    /// <summary>Takes nothing new and goes on with what it has, or takes work again.</summary>
    public void Drain(bool drains)
    {
        if (_isDraining == drains) return;

        _isDraining = drains;
        logger.LogInformation("{Decision}", drains ? "Somebody drains this worker: it takes nothing new" : "This worker takes work again");
        Look();
    }

    /// <summary>Looks for due work as soon as may be. Safe to call at any time, any number of times.</summary>
    public void Look() => _reports.Writer.TryWrite(null);

    /// <summary>
    /// Looks once a hand is free. Until then whoever rings is kept waiting, and the ring is passed on: it can only reach another worker,
    /// because this one hears no second ring before it is through with the first.
    /// </summary>
    public async Task LookWhenFreeAsync(CancellationToken cancellationToken)
    {
        var freed = _freed.Task;
        await Task.WhenAny(freed, Task.Delay(PassOnAfter, clock, cancellationToken));
        if (!freed.IsCompleted)
        {
            foreach (var pool in options.Value.ServedPools.Names) doorbell.Ring(pool);
            await Task.WhenAny(freed, Task.Delay(LongestHold, clock, cancellationToken));
        }

        Look();
    }

    public void Dispose() => _hurry.Dispose();

    private async Task TakeReportsAsync()
    {
        var isMoreDue = false;
        while (await _reports.Reader.WaitToReadAsync())
        {
            var (reports, looks) = Waiting();
            var goesOn = !_isStopping;
            _takesWork = goesOn && !_isDraining;
            foreach (var report in reports.Where(report => report.EndsVisit)) EndVisit(report.Claimed);
            var advance = await AdvanceAsync(reports, goesOn && (looks || isMoreDue), new Capacity(goesOn ? FreeHands : 0, goesOn, _takesWork));
            foreach (var claimed in advance.Claimed) Begin(claimed);
            foreach (var resting in advance.Resting) _ = AwaitTurnAsync(resting);
            if (advance.LookAgainAt is { } due) LookLater(due);

            Free(goesOn ? FreeHands : 0);
            isMoreDue = advance.IsMoreDue && _takesWork;
            if (isMoreDue && _freeHands > 0) Look();
        }
    }

    /// <summary>A hand has one target run, and does as many steps there at once as run together.</summary>
    private int FreeHands => options.Value.Hands - _visits.Count;

    private void Begin(Claimed claimed)
    {
        _visits[claimed.Hold] = _visits.GetValueOrDefault(claimed.Hold) + 1;
        Start(() => WorkAsync(claimed));
    }

    /// <summary>The hand is free again, to go on or for something else, once it is through with every step that it does there.</summary>
    private void EndVisit(Claimed claimed)
    {
        if (--_visits[claimed.Hold] == 0) _visits.Remove(claimed.Hold);
    }

    private void Free(int hands)
    {
        _freeHands = hands;
        if (hands > 0 && _takesWork) _freed.TrySetResult();
        else if (_freed.Task.IsCompleted) _freed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static TaskCompletionSource Freed()
    {
        var freed = new TaskCompletionSource();
        freed.SetResult();
        return freed;
    }

    private (List<Report> Reports, bool Looks) Waiting()
    {
        var (reports, looks) = (new List<Report>(), false);
        while (_reports.Reader.TryRead(out var report))
            if (report is null) looks = true;
            else reports.Add(report);
        return (reports, looks);
    }

    /// <summary>A database that is away for a moment must not lose what happened in the world: reports wait for it, as long as a lease may live.</summary>
    private async Task<Advance> AdvanceAsync(List<Report> reports, bool looks, Capacity capacity)
    {
        for (var pause = TimeSpan.FromMilliseconds(200); ; pause *= 2)
        {
            try
            {
                return await driver.AdvanceAsync(reports, looks, capacity, CancellationToken.None);
            }
            catch (Exception exception) when (reports.Count > 0 && pause < LongestPause)
            {
                logger.LogWarning(exception, "The results of {Keys} could not be stored yet", string.Join(", ", reports.Select(report => report.Claimed.Key)));
                await Task.Delay(pause, clock);
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "Looking for work broke off; what was under way goes on from the stored state");
                return Advance.Nothing with { LookAgainAt = clock.GetUtcNow() + pause };
            }
        }
    }

    private async Task WorkAsync(Claimed claimed)
    {
        using var lease = leases.Hold(claimed, _hurry.Token);
        StepOutcome? outcome = null;
        try
        {
            lease.Token.ThrowIfCancellationRequested();
            outcome = await visit.MakeAsync(claimed, lease.Token);
        }
        catch (OperationCanceledException) when (lease.Token.IsCancellationRequested)
        {
        }
        finally
        {
            _reports.Writer.TryWrite(outcome is null ? new Report.GaveBack(claimed) : new Report.CameTo(claimed, outcome)); // a lost lease makes it stale, then it only frees the hand
        }
    }

    /// <summary>Nobody waits for it when this worker stops: whoever takes the target run next looks at the step.</summary>
    private async Task AwaitTurnAsync(Claimed resting)
    {
        try
        {
            await UntilAsync(resting.Step.DueAt!.Value);
            _reports.Writer.TryWrite(new Report.IsDue(resting));
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void LookLater(DateTimeOffset due)
    {
        var wait = due - clock.GetUtcNow();
        if (wait > options.Value.SweepEvery) return; // the sweep comes first

        Start(async () =>
        {
            await UntilAsync(due);
            Look();
        });
    }

    /// <summary>Timers fire a little early at times, and who looks too early finds nothing due.</summary>
    private async Task UntilAsync(DateTimeOffset due)
    {
        for (var left = due - clock.GetUtcNow(); left > TimeSpan.Zero; left = due - clock.GetUtcNow()) await Task.Delay(left + TimeSpan.FromMilliseconds(1), clock, _hurry.Token);
    }

    private void Start(Func<Task> work)
    {
        var task = Task.Run(async () =>
        {
            try
            {
                await work();
            }
            catch (OperationCanceledException) when (_hurry.IsCancellationRequested)
            {
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "A visit broke off");
            }
        });
        _underWay[task] = true;
        task.ContinueWith(done => _underWay.TryRemove(done, out _), TaskScheduler.Default);
    }
}
