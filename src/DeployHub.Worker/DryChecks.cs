using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.Domain.Workers;
using DeployHub.Features.Data;
using DeployHub.Features.Inventory;
using DeployHub.Features.Runs;
using DeployHub.Worker.Secrets;
using DeployHub.Worker.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeployHub.Worker;

/// <summary>Does the checks of dry verifications: several subjects at once, each one check after the other, and tells each result as soon as it is there.</summary>
internal sealed class DryChecks(
    IServiceScopeFactory scopes, StepVisit visit, SecretStore secrets, TargetWork work, IOptions<WorkerOptions> options, TimeProvider clock, ILogger<DryChecks> logger)
    : LooksOutsideRuns(AtOnce, work, options, clock, logger)
{
    public const int AtOnce = 8;
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private readonly string _name = options.Value.Name;
    private readonly Pools _pools = options.Value.ServedPools;

    /// <param name="Verification">Its name.</param>
    private sealed record Taken(DryVerificationId Id, string Verification, int Ordinal, int Fence, DryCheck Check, Stage Stage, string Subject, TargetId? Target, Connection? Connection, DateTimeOffset? ExecuteBeganAt);

    protected override string What => "Dry verifications could not go on";

    protected override async Task<bool> LookAtOneAsync(CancellationToken stoppingToken)
    {
        Taken? taken = null;
        try
        {
            for (taken = await InTransactionAsync(TakeAsync, stoppingToken); taken is not null; taken = await GoOnAsync(taken, await SeeAsync(taken, stoppingToken), stoppingToken))
            {
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested && taken is not null)
        {
            await GiveBackAsync(taken);
        }

        return false; // it went on until nothing was due
    }

    /// <summary>Tells what was seen; what comes next, on the same subject or on another, is taken in the same breath. Null when nothing is due.</summary>
    private Task<Taken?> GoOnAsync(Taken looked, StepOutcome outcome, CancellationToken stoppingToken) => InTransactionAsync(
        async (db, at, cancellationToken) => await RecordAsync(db, looked, outcome, at, cancellationToken) ?? (Work.TakesWork ? await TakeNextAsync(db, at, cancellationToken) : null), stoppingToken);

    /// <summary>What was told stays told, whatever becomes of the next one.</summary>
    private async Task<Taken?> TakeNextAsync(DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        const string Told = "told";
        await db.Database.CurrentTransaction!.CreateSavepointAsync(Told, cancellationToken);
        try
        {
            return await TakeAsync(db, at, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Ring(); // for the next try, by whoever is free
            Logger.LogWarning(exception, "{What} yet; their time comes again", What);
            await db.Database.CurrentTransaction!.RollbackToSavepointAsync(Told, cancellationToken);
            db.ChangeTracker.Clear();
            return null;
        }
    }

    private Task<T> InTransactionAsync<T>(Func<DeployHubDb, DateTimeOffset, CancellationToken, Task<T>> act, CancellationToken cancellationToken) =>
        scopes.InTransactionAsync(Clock, act, cancellationToken);

    private async Task<Taken?> TakeAsync(DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        while (await db.LockDueDryLookAsync(at, _pools.Names, cancellationToken) is { } look)
        {
            var of = await db.DryVerifications.Where(known => known.Id == look.VerificationId)
                .Select(known => new { known.Name, known.DeploymentId, known.AskedAt, Connection = db.Targets.Where(target => target.Id == look.TargetId).Select(target => target.Connection).FirstOrDefault() })
                .SingleAsync(cancellationToken);
            if (!look.EndsInVain(_pools.Names, of.AskedAt, at))
            {
                Ring(); // another hand takes the next
                var executed = look.Stage is Stage.VerifyDeployment ? await LastExecutedAsync(db, of.DeploymentId, cancellationToken) : null;
                return new Taken(look.VerificationId, of.Name, look.Ordinal, look.Take(_name, Margin, at), look.Next!, look.Stage, look.Subject, look.TargetId, of.Connection, executed);
            }

            await db.SaveChangesAsync(cancellationToken);
        }

        return null;
    }

    private static async Task<DateTimeOffset?> LastExecutedAsync(DeployHubDb db, DeploymentId deployment, CancellationToken cancellationToken)
    {
        var stages = await db.Runs.Where(run => run.DeploymentId == deployment).OrderByDescending(run => run.Number).Select(run => run.Stages).FirstOrDefaultAsync(cancellationToken);
        return stages?[(int)Stage.Execute].BeganAt;
    }

    private async Task<StepOutcome> SeeAsync(Taken look, CancellationToken stoppingToken)
    {
        var began = Clock.GetUtcNow();
        var until = began + look.Check.Timeout;
        var context = new StepContext
        {
            Key = $"{look.Verification}/{look.Stage}/{look.Subject}/{look.Check.Number}#{look.Fence}",
            Subject = look.Subject,
            Connection = look.Connection,
            Target = look.Target,
            ExecuteBeganAt = look.ExecuteBeganAt,
            StartedAt = began,
            Timeout = look.Check.Timeout,
            Log = Unheard.Log,
            Secrets = secrets,
        };
        while (true)
        {
            var outcome = await visit.MakeAsync(look.Check.Settings, look.Check.VersionId, context, until, stoppingToken);
            if (outcome is not StepOutcome.StillRunning goesOn) return outcome;
            if (Clock.GetUtcNow() + goesOn.CheckAgainIn >= until) return new StepOutcome.Inconclusive($"It did not come to an end within {look.Check.Timeout}.");

            await Task.Delay(goesOn.CheckAgainIn, Clock, stoppingToken);
            context = context with { Ticket = goesOn.Ticket };
        }
    }

    /// <summary>What comes next on the same subject; null when it is over or somebody else's.</summary>
    private async Task<Taken?> RecordAsync(DeployHubDb db, Taken looked, StepOutcome outcome, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await db.LockDryLookAsync(looked.Id, looked.Ordinal, cancellationToken) is not { } look || look.Fence != looked.Fence) return null;

        look.Record(looked.Fence, outcome is StepOutcome.Observed observed ? await JudgeAsync(db, looked, observed, at, cancellationToken) : outcome, Margin, at);
        if (look.Next is { } next) return looked with { Check = next };

        await db.SaveChangesAsync(cancellationToken);
        return null;
    }

    /// <summary>What was seen for a plan that is about to run is known from then on, as after a scan. Any other plan may expect what nobody wants any more.</summary>
    private async Task<StepOutcome> JudgeAsync(DeployHubDb db, Taken looked, StepOutcome.Observed seen, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (status, components) = await db.PlannedComponentsAsync(looked.Id, cancellationToken);
        if (status is DeploymentStatus.Scheduled) return await JudgeAsync(db, looked, seen, components, at, cancellationToken);

        await using var scope = scopes.CreateAsyncScope();
        var unsaved = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        await using var transaction = await unsaved.Database.BeginTransactionAsync(cancellationToken); // never committed
        return await JudgeAsync(unsaved, looked, seen, components, at, cancellationToken);
    }

    private static async Task<StepOutcome> JudgeAsync(DeployHubDb db, Taken looked, StepOutcome.Observed seen, string[] components, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await db.LockLookedAtAsync(looked.Target!.Value, cancellationToken)) return new StepOutcome.Inconclusive($"A run changes {looked.Subject} just now, and a half-made change is no drift.");

        var look = await db.PrepareLookAsync(looked.Target!.Value, seen.Facts, looked.Verification, at, cancellationToken);
        var verdict = DriftVerdict.Of(look.See(seen.Facts, seen.Definition), components, looked.Subject, seen);
        db.DriftItems.AddRange(look.Found);
        return verdict;
    }

    private async Task GiveBackAsync(Taken look) => await InTransactionAsync(
        async (db, at, cancellationToken) =>
        {
            (await db.LockDryLookAsync(look.Id, look.Ordinal, cancellationToken))?.GiveBack(look.Fence, at);
            return true;
        }, CancellationToken.None);
}
