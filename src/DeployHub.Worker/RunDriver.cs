using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Workers;
using DeployHub.Features.Data;
using DeployHub.Features.Inventory;
using DeployHub.Features.Models;
using DeployHub.Features.Runs;
using DeployHub.Worker.Drift;
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
    public async Task<Advance> AdvanceAsync(IReadOnlyList<Report> reports, bool looks, Capacity capacity, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await OnceAsync(reports, looks, capacity, cancellationToken);
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

    private async Task<Advance> OnceAsync(IReadOnlyList<Report> reports, bool looks, Capacity capacity, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var at = clock.GetUtcNow();
        var reported = await ReportedAsync(db, reports, cancellationToken);
        reports = await db.JudgeAsync(reports, reported, at, cancellationToken);
        reports = await db.CompareAsync(reports, reported, at, cancellationToken);
        var goingOn = Record(reports, reported, capacity, at);
        await MoveAsync(db, reported, at, cancellationToken);
        goingOn.RemoveAll(next => next.TargetRun.LeaseUntil is null);
        var claimed = goingOn.SelectMany(next => next.Steps, (next, step) => Claimed.Of(next.Run, next.TargetRun, step)).ToList();
        if (capacity.GoesOn) claimed.AddRange(ClaimBeside(reports, reported, at));
        var resting = reports.SelectMany(report => RestingBeside(report, reported)).ToList();
        var free = capacity.TakesNew ? capacity.Free - goingOn.Count : 0;
        free -= Deal([.. reported.Where(run => IsNext(run, at))], free, claimed, resting, at);

        var mayLook = free > 0 || reports.Count == 0;
        var due = looks && mayLook ? await DueAsync(db, reported, free, at, cancellationToken) : [];
        await MoveAsync(db, due, at, cancellationToken);
        Run[] runs = [.. reported, .. due];
        Deal(runs, free, claimed, resting, at);
        if (runs.Length == 0) return Advance.Nothing;

        claimed = await ReachAsync(db, claimed, cancellationToken);
        await db.SettleAsync(runs, at, cancellationToken);
        await db.SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken); // nothing is read from it afterwards
        await transaction.CommitAsync(cancellationToken);

        var areOthersDue = looks && (!mayLook || due.Count >= MostDue(free));
        if (capacity.Free > 0 || (capacity.GoesOn && reports.Count > 0)) RingForOthers([.. runs.SelectMany(run => run.PoolsWithWork(at)), .. areOthersDue ? _pools.Names : []]);
        return new Advance(claimed, resting, runs.Min(run => LookAgainAt(run, at)), areOthersDue || Array.Exists(runs, run => run.HasWork(_pools, at)));
    }

    private static Task<IReadOnlyList<Run>> ReportedAsync(DeployHubDb db, IReadOnlyList<Report> reports, CancellationToken cancellationToken) =>
        reports.Count == 0 ? Task.FromResult<IReadOnlyList<Run>>([]) : db.LockRunsAsync(reports.Select(report => report.Claimed.Run).Distinct(), cancellationToken);

    private Task<IReadOnlyList<Run>> DueAsync(DeployHubDb db, IReadOnlyList<Run> reported, int hands, DateTimeOffset at, CancellationToken cancellationToken) =>
        db.LockDueRunsAsync(at, [.. reported.Select(run => run.Id), .. brokenRuns.SetAside], MostDue(hands), _pools.Names, cancellationToken);

    private static int MostDue(int hands) => hands > 0 ? hands : MostWithoutHands;

    /// <returns>The target runs with which this worker goes on, and the steps that it does there next.</returns>
    private List<(Run Run, TargetRun TargetRun, IReadOnlyList<StepRun> Steps)> Record(IReadOnlyList<Report> reports, IReadOnlyList<Run> runs, Capacity capacity, DateTimeOffset at)
    {
        var goingOn = new List<(Run, TargetRun, IReadOnlyList<StepRun>)>();
        foreach (var (report, run) in reports.Join(runs, report => report.Claimed.Run, run => run.Id, (report, run) => (report, run)))
        {
            var claimed = report.Claimed;
            if (report is Report.GaveBack) Guard(run, () => run.HandBack(claimed.TargetRun, claimed.Fence, claimed.Step.Number, at));
            if (report is Report.CameTo(_, var outcome)
                && Guard(run, () => run.Record(claimed.TargetRun, claimed.Fence, claimed.Step.Number, outcome, capacity.GoesOn ? _options.Lease : null, at)) is { Error: null, Value: { Count: > 0 } next })
                goingOn.Add((run, TargetRunOf(claimed, run), next));
        }

        return goingOn;
    }

    /// <summary>What is due beside the steps that this worker has in its hands: a hand that is there already does it, too.</summary>
    private static List<Claimed> ClaimBeside(IReadOnlyList<Report> reports, IReadOnlyList<Run> runs, DateTimeOffset at) =>
    [
        .. from work in reports.Select(report => report.Claimed).DistinctBy(claimed => claimed.Hold)
           join run in runs on work.Run equals run.Id
           from step in Guard(run, () => run.ClaimBeside(work.TargetRun, work.Fence, at))
           select Claimed.Of(run, TargetRunOf(work, run), step),
    ];

    /// <summary>A step that was just reported and rests, while this worker has others beside it in its hands.</summary>
    private static IEnumerable<Claimed> RestingBeside(Report report, IReadOnlyList<Run> runs) =>
        from run in runs
        where run.Id == report.Claimed.Run
        let targetRun = TargetRunOf(report.Claimed, run)
        where targetRun.Fence == report.Claimed.Fence && report.EndsVisit
        from step in targetRun.StepsRestingBeside
        where step.Number == report.Claimed.Step.Number
        select Claimed.Of(run, targetRun, step);

    private static TargetRun TargetRunOf(Claimed claimed, Run run) => run.TargetRuns.Single(targetRun => targetRun.Id == claimed.TargetRun);

    private static async Task MoveAsync(DeployHubDb db, IReadOnlyList<Run> runs, DateTimeOffset at, CancellationToken cancellationToken)
    {
        for (var moving = runs; moving.Count > 0;)
        {
            var needs = moving.ToLookup(run => Guard(run, () => run.Advance(NCalcConditions.Instance, at)));
            await db.TellDriftAsync([.. needs[Need.Locks]], cancellationToken);
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
    private int Deal(IReadOnlyList<Run> runs, int hands, List<Claimed> claimed, List<Claimed> resting, DateTimeOffset at)
    {
        var (dealt, waiting) = (0, runs.ToList());
        while (dealt < hands && waiting.MinBy(run => (run.HandsOf(_options.Name), run.WaitingForWorkers(at).Count())) is { } run)
        {
            if (run.Claim(_options.Name, 1, _options.Lease, at, _pools) is not [var targetRun])
            {
                waiting.Remove(run);
                continue;
            }

            dealt++;
            claimed.AddRange(Claimed.Of(run, targetRun));
            resting.AddRange(targetRun.StepsRestingBeside.Select(step => Claimed.Of(run, targetRun, step)));
        }

        return dealt;
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
    internal static T Guard<T>(Run run, Func<T> change)
    {
        try
        {
            return change();
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or ArgumentException or KeyNotFoundException)
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
