using System.Collections.Concurrent;
using DeployHub.Domain.Runs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeployHub.Worker;

/// <summary>
/// The hands of this worker: takes what the driver hands out, does it, reports, and goes on with what comes next. Rings are only
/// needed to cross to another worker.
/// </summary>
internal sealed class TargetWork(RunDriver driver, StepVisit visit, Leases leases, IOptions<WorkerOptions> options, TimeProvider clock, ILogger<TargetWork> logger)
    : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<Task, bool> _underWay = [];
    private readonly ConcurrentQueue<RunId> _unserved = [];
    private readonly CancellationTokenSource _hurry = new();
    private int _freeHands = options.Value.Hands;
    private volatile bool _isStopping;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Takes nothing new, lets short steps end, hands the rest back at once.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        await Task.WhenAny(Task.WhenAll(_underWay.Keys), Task.Delay(options.Value.GracePeriod, clock, cancellationToken));
        await _hurry.CancelAsync();
        await Task.WhenAll(_underWay.Keys);
    }

    /// <summary>Makes a run's next moves and takes what this worker has hands for. Safe to call at any time, any number of times.</summary>
    public async Task LookAtAsync(RunId run, CancellationToken cancellationToken)
    {
        if (_isStopping) return;

        var hands = TakeHands();
        if (hands == 0)
        {
            _unserved.Enqueue(run); // the next free hand looks
            ServeUnserved(); // which may have been freed in between
            return;
        }

        Advance advance;
        try
        {
            advance = await driver.AdvanceAsync(run, hands, cancellationToken);
        }
        catch
        {
            GiveHands(hands);
            throw;
        }

        Serve(run, advance, hands);
    }

    /// <summary>Starts what was claimed; every claim holds one of the <paramref name="hands"/>, the others are free again.</summary>
    private void Serve(RunId run, Advance advance, int hands)
    {
        foreach (var claimed in advance.Claimed) Start(() => WorkAsync(claimed));
        GiveHands(hands - advance.Claimed.Count);
        if (advance.LookAgainAt is { } due) LookLater(run, due);
    }

    private async Task WorkAsync(Claimed first)
    {
        for (var claimed = first; claimed is not null;) claimed = await DoAsync(claimed);

        GiveHands(1);
    }

    /// <summary>Does one step and reports it. Answers what this hand does next.</summary>
    private async Task<Claimed?> DoAsync(Claimed claimed)
    {
        using var lease = leases.Hold(claimed.TargetRun, claimed.Fence, _hurry.Token);
        StepOutcome outcome;
        try
        {
            outcome = await visit.MakeAsync(claimed, lease.Token);
        }
        catch (OperationCanceledException) when (lease.Token.IsCancellationRequested)
        {
            if (!lease.IsLost) await driver.HandBackAsync(claimed, CancellationToken.None);
            return null;
        }

        var more = _isStopping ? 0 : TakeHands();
        var advance = await ReportAsync(claimed, outcome, _isStopping ? 0 : 1 + more);
        var mine = advance.Claimed.Count > 0 ? advance.Claimed[0] : null;
        Serve(claimed.Run, advance with { Claimed = [.. advance.Claimed.Skip(1)] }, more);
        return mine;
    }

    /// <summary>A database that is away for a moment must not lose what happened in the world: the report waits for it, as long as the lease may live.</summary>
    private async Task<Advance> ReportAsync(Claimed claimed, StepOutcome outcome, int hands)
    {
        for (var pause = TimeSpan.FromMilliseconds(200); ; pause *= 2)
        {
            try
            {
                return await driver.RecordAsync(claimed, outcome, hands, CancellationToken.None);
            }
            catch (Exception exception) when (pause < TimeSpan.FromMinutes(1))
            {
                logger.LogWarning(exception, "The result of {Key} could not be stored yet", claimed.Key);
                await Task.Delay(pause, clock);
            }
        }
    }

    public void Dispose() => _hurry.Dispose();

    private void LookLater(RunId run, DateTimeOffset due)
    {
        var wait = due - clock.GetUtcNow();
        if (wait > options.Value.SweepEvery) return; // the sweep comes first

        Start(async () =>
        {
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, clock, _hurry.Token);
            await LookAtAsync(run, _hurry.Token);
        });
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
                logger.LogError(exception, "Work broke off; its lease will lapse and the sweep goes on from the stored state");
            }
        });
        _underWay[task] = true;
        task.ContinueWith(done => _underWay.TryRemove(done, out _), TaskScheduler.Default);
    }

    /// <summary>All free hands, so that one advance can take as much as this worker can do.</summary>
    private int TakeHands() => Interlocked.Exchange(ref _freeHands, 0);

    private void GiveHands(int hands)
    {
        Interlocked.Add(ref _freeHands, hands);
        ServeUnserved();
    }

    private void ServeUnserved()
    {
        if (Volatile.Read(ref _freeHands) > 0 && _unserved.TryDequeue(out var run)) Start(() => LookAtAsync(run, _hurry.Token));
    }
}
