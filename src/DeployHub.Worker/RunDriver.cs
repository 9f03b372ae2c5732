using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Workers;
using DeployHub.Features.Data;
using DeployHub.Features.Models;
using DeployHub.Features.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DeployHub.Worker;

/// <summary>
/// The imperative shell around the lifecycle: one short transaction that locks runs, stores what was reported of them, makes their next
/// moves, hands out work and saves. Everything that waits is taken together, so a busy worker pays for one transaction where an idle
/// one would for each. It decides nothing.
/// </summary>
internal sealed class RunDriver(IServiceScopeFactory scopes, PacedDoorbell doorbell, IOptions<WorkerOptions> options, BrokenRuns brokenRuns, TimeProvider clock)
{
    /// <summary>Somebody may change a deployment at the same instant; then everything is read and worked out again.</summary>
    private const int Tries = 5;

    /// <summary>How many runs a worker without free hands moves along at once.</summary>
    private const int MostWithoutHands = 32;

    private readonly WorkerOptions _options = options.Value;
    private readonly Pools _pools = options.Value.ServedPools;

    /// <summary>Stores reports and moves their runs along; with a stale fence a report changes nothing.</summary>
    /// <param name="looks">Takes due runs, too.</param>
    /// <param name="hands">How many target runs this worker can work on, those that go on included; none when it is stopping.</param>
    /// <param name="takesNew">False when it only goes on with what it has.</param>
    public async Task<Advance> AdvanceAsync(IReadOnlyList<Report> reports, bool looks, int hands, bool takesNew, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await OnceAsync(reports, looks, hands, takesNew, cancellationToken);
            }
            catch (DbUpdateConcurrencyException) when (tries < Tries)
            {
            }
            catch (BrokenRunException broken)
            {
                brokenRuns.Add(broken.Run, broken.InnerException!);
            }
            catch (Exception exception) when (BrokenRuns.IsUnreadable(exception))
            {
                if (!await brokenRuns.SetUnreadableAsideAsync(reports.Select(report => report.Claimed.Run), clock.GetUtcNow(), cancellationToken)) throw;
            }

            reports = [.. reports.Where(report => !brokenRuns.SetAside.Contains(report.Claimed.Run))];
        }
    }

    private async Task<Advance> OnceAsync(IReadOnlyList<Report> reports, bool looks, int hands, bool takesNew, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var at = clock.GetUtcNow();
        var reported = await ReportedAsync(db, reports, cancellationToken);
        var goingOn = Record(reports, reported, hands, at);
        await MoveAsync(db, reported, at, cancellationToken);
        var claimed = reported.SelectMany(run => run.TargetRuns.Where(targetRun => goingOn.Contains(targetRun.Id) && targetRun.LeaseUntil is not null), Claimed.Of).ToList();
        var free = takesNew ? hands - claimed.Count : 0;
        free -= Deal([.. reported.Where(run => IsNext(run, at))], free, claimed, at);

        var mayLook = free > 0 || reports.Count == 0;
        var due = looks && mayLook ? await DueAsync(db, reported, free, at, cancellationToken) : [];
        await MoveAsync(db, due, at, cancellationToken);
        Run[] runs = [.. reported, .. due];
        Deal(runs, free, claimed, at);
        if (runs.Length == 0) return Advance.Nothing;

        claimed = await ReachAsync(db, claimed, cancellationToken);
        await db.SettleAsync(runs, at, cancellationToken);
        await db.SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken); // nothing is read from it afterwards
        await transaction.CommitAsync(cancellationToken);

        var areOthersDue = looks && (!mayLook || due.Count >= MostDue(free));
        if (hands > 0) RingForOthers([.. runs.SelectMany(run => run.PoolsWithWork(at)), .. areOthersDue ? _pools.Names : []]);
        return new Advance(claimed, runs.Min(run => LookAgainAt(run, at)), areOthersDue || Array.Exists(runs, run => run.HasWork(_pools, at)));
    }

    private static Task<IReadOnlyList<Run>> ReportedAsync(DeployHubDb db, IReadOnlyList<Report> reports, CancellationToken cancellationToken) =>
        reports.Count == 0 ? Task.FromResult<IReadOnlyList<Run>>([]) : db.LockRunsAsync(reports.Select(report => report.Claimed.Run).Distinct(), cancellationToken);

    private Task<IReadOnlyList<Run>> DueAsync(DeployHubDb db, IReadOnlyList<Run> reported, int hands, DateTimeOffset at, CancellationToken cancellationToken) =>
        db.LockDueRunsAsync(at, [.. reported.Select(run => run.Id), .. brokenRuns.SetAside], MostDue(hands), _pools.Names, cancellationToken);

    private static int MostDue(int hands) => hands > 0 ? hands : MostWithoutHands;

    /// <returns>The target runs with which this worker goes on.</returns>
    private HashSet<TargetRunId> Record(IReadOnlyList<Report> reports, IReadOnlyList<Run> runs, int hands, DateTimeOffset at)
    {
        var goingOn = new HashSet<TargetRunId>();
        foreach (var (claimed, outcome) in reports)
        {
            if (runs.FirstOrDefault(candidate => candidate.Id == claimed.Run) is not { } run) continue;

            if (outcome is null) Guard(run, () => run.HandBack(claimed.TargetRun, claimed.Fence, at).Error is null);
            else if (Guard(run, () => run.Record(claimed.TargetRun, claimed.Fence, claimed.Step.Number, outcome, hands > 0 ? _options.Lease : null, at) is { Error: null, Value: true }))
                goingOn.Add(claimed.TargetRun);
        }

        return goingOn;
    }

    private static async Task MoveAsync(DeployHubDb db, IReadOnlyList<Run> runs, DateTimeOffset at, CancellationToken cancellationToken)
    {
        for (var moving = runs; moving.Count > 0;)
        {
            var needs = moving.ToLookup(run => Guard(run, () => run.Advance(NCalcConditions.Instance, at)));
            moving =
            [
                .. await db.ObtainLocksAsync([.. needs[Need.Locks]], at, cancellationToken),
                .. await db.CheckGatesAsync([.. needs[Need.Gates]], at, cancellationToken),
                .. await RollBackAsync(db, [.. needs[Need.Rollback]], at, cancellationToken),
            ];
        }
    }

    /// <summary>
    /// One hand after the other to the run that has the fewest of this worker, among equals to the one that could use the fewest: a fleet
    /// cannot keep a single host waiting, and a run that only goes on keeps its hand.
    /// </summary>
    /// <returns>How many were dealt.</returns>
    private int Deal(IReadOnlyList<Run> runs, int hands, List<Claimed> claimed, DateTimeOffset at)
    {
        var before = claimed.Count;
        var waiting = runs.ToList();
        while (claimed.Count - before < hands && waiting.MinBy(run => (run.HandsOf(_options.Name), run.WaitingForWorkers(at).Count())) is { } run)
            if (run.Claim(_options.Name, 1, _options.Lease, at, _pools) is [var targetRun]) claimed.Add(Claimed.Of(run, targetRun));
            else waiting.Remove(run);

        return claimed.Count - before;
    }

    /// <summary>No other run could come before it, so nobody has to look for one.</summary>
    private bool IsNext(Run run, DateTimeOffset at) => run.HandsOf(_options.Name) == 0 && run.WaitingForWorkers(at).Count() == 1;

    /// <summary>The model's answer to a breach, in the same instant in which it was stored.</summary>
    private static async Task<IReadOnlyList<Run>> RollBackAsync(DeployHubDb db, IReadOnlyList<Run> runs, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var run in runs)
        {
            var plan = await db.RollbackPlanAsync(run, cancellationToken);
            var rolledBack = plan.Error is { } cannot ? Result.Failed(cannot) : run.RollBack(plan.Value, Decision.ByModel(run.OpenHalt!, at));
            if (rolledBack.Error is { } refusal) run.CannotRollBackItself(refusal, at);
        }

        return runs;
    }

    private static async Task<List<Claimed>> ReachAsync(DeployHubDb db, List<Claimed> claimed, CancellationToken cancellationToken)
    {
        var targets = claimed.Select(work => work.Target).OfType<TargetId>().Distinct().ToList();
        if (targets.Count == 0) return claimed;

        var connections = await db.Targets.Where(target => targets.Contains(target.Id)).Select(target => new { target.Id, target.Connection }).ToDictionaryAsync(target => target.Id, cancellationToken);
        return [.. claimed.Select(work => work.Target is { } target ? work with { Connection = connections[target].Connection } : work)];
    }

    /// <summary>More than our hands can hold, or not for us: another worker may have some free.</summary>
    private void RingForOthers(HashSet<string> pools)
    {
        foreach (var pool in pools) doorbell.Ring(pool);
    }

    /// <summary>A bug in one run must not hold up the others that are moved with it.</summary>
    private static T Guard<T>(Run run, Func<T> change)
    {
        try
        {
            return change();
        }
        catch (InvalidOperationException exception)
        {
            throw new BrokenRunException(run.Id, exception);
        }
    }

    /// <summary>What is due by now and was not taken waits for a hand, not for a time.</summary>
    private static DateTimeOffset? LookAgainAt(Run run, DateTimeOffset at)
    {
        var work = run.TargetRuns.Where(targetRun => targetRun.LeaseUntil is null && targetRun.DueAt > at).Min(targetRun => targetRun.DueAt);
        var soak = run.ObservedPhase?.SoaksUntil is { } until && until > at ? until : (DateTimeOffset?)null;
        return work is null || soak < work ? soak : work;
    }

    private sealed class BrokenRunException(RunId run, Exception cause) : Exception("The run refused its own move.", cause)
    {
        public RunId Run { get; } = run;
    }
}
