using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DeployHub.Worker;

/// <summary>
/// The imperative shell around the lifecycle: one short transaction that locks the run, lets it change, makes its next moves, hands
/// out work and saves. It decides nothing.
/// </summary>
internal sealed class RunDriver(IServiceScopeFactory scopes, Doorbell doorbell, IOptions<WorkerOptions> options, TimeProvider clock)
{
    /// <summary>Somebody may change the deployment at the same instant; then everything is read and worked out again.</summary>
    private const int Tries = 5;

    private readonly WorkerOptions _options = options.Value;

    /// <param name="hands">How many target runs this worker can take.</param>
    public Task<Advance> AdvanceAsync(RunId id, int hands, CancellationToken cancellationToken) =>
        TryAsync(id, (_, _) => true, null, hands, cancellationToken);

    /// <summary>Stores what a visit came to. With a stale fence nothing is stored and nothing handed out.</summary>
    public Task<Advance> RecordAsync(Claimed claimed, StepOutcome outcome, int hands, CancellationToken cancellationToken)
    {
        var goesOn = false;
        return TryAsync(
            claimed.Run,
            (run, at) =>
            {
                var recorded = run.Record(claimed.TargetRun, claimed.Fence, claimed.Step.Number, outcome, _options.Lease, at);
                goesOn = recorded.Error is null && recorded.Value;
                return recorded.Error is null;
            },
            run => goesOn ? run.TargetRuns.Single(targetRun => targetRun.Id == claimed.TargetRun) : null,
            hands, cancellationToken);
    }

    /// <summary>Gives unfinished work back at once when this worker stops.</summary>
    public Task HandBackAsync(Claimed claimed, CancellationToken cancellationToken) =>
        TryAsync(claimed.Run, (run, at) => run.HandBack(claimed.TargetRun, claimed.Fence, at).Error is null, null, 0, cancellationToken);

    private async Task<Advance> TryAsync(
        RunId id, Func<Run, DateTimeOffset, bool> change, Func<Run, TargetRun?>? goingOn, int hands, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await OnceAsync(id, change, goingOn, hands, cancellationToken);
            }
            catch (DbUpdateConcurrencyException) when (tries < Tries)
            {
            }
        }
    }

    private async Task<Advance> OnceAsync(
        RunId id, Func<Run, DateTimeOffset, bool> change, Func<Run, TargetRun?>? goingOn, int hands, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.LockRunAsync(id, cancellationToken) is not { } run) return Advance.Nothing;

        var at = clock.GetUtcNow();
        if (!change(run, at)) return Advance.Nothing;

        while (run.Advance(at) && await db.ObtainLocksAsync(run, at, cancellationToken)) { }
        TargetRun[] continuing = goingOn?.Invoke(run) is { } same ? [same] : [];
        var claimed = continuing.Concat(run.Claim(_options.Name, hands - continuing.Length, _options.Lease, at)).Select(targetRun => Claimed.Of(run, targetRun)).ToList();

        await db.SettleAsync(run, at, cancellationToken);
        var waiters = run.IsOver ? await db.WaitersAsync(run, cancellationToken) : [];
        await db.SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken); // nothing is read from it afterwards
        await transaction.CommitAsync(cancellationToken);

        foreach (var waiter in waiters) doorbell.Ring(waiter);
        if (hands > 0 && run.TargetRuns.Any(targetRun => targetRun.IsClaimable(at))) doorbell.Ring(id); // more than our hands: another worker may have some free
        return new Advance(claimed, LookAgainAt(run));
    }

    private static DateTimeOffset? LookAgainAt(Run run) =>
        run.TargetRuns.Where(targetRun => targetRun is { LeaseUntil: null, DueAt: not null }).Min(targetRun => targetRun.DueAt);
}
