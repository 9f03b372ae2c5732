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
        if (await TakeAsync(stoppingToken) is not { } taken) return false;

        Ring();
        await LookAsync(taken, stoppingToken);
        return true;
    }

    private async Task<Taken?> TakeAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, at) = (scope.ServiceProvider.GetRequiredService<DeployHubDb>(), Clock.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.LockDueDryLookAsync(at, _pools.Names, cancellationToken) is not { } look) return null;

        var of = await db.DryVerifications.Where(known => known.Id == look.VerificationId).Select(known => new { known.Name, known.DeploymentId, known.AskedAt }).SingleAsync(cancellationToken);
        if (look.EndsInVain(_pools.Names, of.AskedAt, at))
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            Ring(); // for the next
            return null;
        }

        var connection = look.TargetId is { } target ? await db.Targets.Where(known => known.Id == target).Select(known => known.Connection).SingleAsync(cancellationToken) : null;
        var executed = look.Stage is Stage.VerifyDeployment ? await LastExecutedAsync(db, of.DeploymentId, cancellationToken) : null;
        var taken = new Taken(look.VerificationId, of.Name, look.Ordinal, look.Take(_name, Margin, at), look.Next!, look.Stage, look.Subject, look.TargetId, connection, executed);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return taken;
    }

    private static async Task<DateTimeOffset?> LastExecutedAsync(DeployHubDb db, DeploymentId deployment, CancellationToken cancellationToken)
    {
        var stages = await db.Runs.Where(run => run.DeploymentId == deployment).OrderByDescending(run => run.Number).Select(run => run.Stages).FirstOrDefaultAsync(cancellationToken);
        return stages?[(int)Stage.Execute].BeganAt;
    }

    private async Task LookAsync(Taken look, CancellationToken stoppingToken)
    {
        try
        {
            for (var next = look; next is not null;) next = await RecordAsync(next, await SeeAsync(next, stoppingToken), stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await GiveBackAsync(look);
        }
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
    private async Task<Taken?> RecordAsync(Taken looked, StepOutcome outcome, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, at) = (scope.ServiceProvider.GetRequiredService<DeployHubDb>(), Clock.GetUtcNow());
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.LockDryLookAsync(looked.Id, looked.Ordinal, cancellationToken) is not { } look || look.Fence != looked.Fence) return null;

        look.Record(looked.Fence, outcome is StepOutcome.Observed observed ? await JudgeAsync(db, looked, observed, at, cancellationToken) : outcome, Margin, at);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return look.Next is { } next ? looked with { Check = next } : null;
    }

    /// <summary>What was seen for a plan that is about to run is known from then on, as after a scan. Any other plan may expect what nobody wants any more.</summary>
    private async Task<StepOutcome> JudgeAsync(DeployHubDb db, Taken looked, StepOutcome.Observed seen, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await db.LockLookedAtAsync(looked.Target!.Value, cancellationToken)) return new StepOutcome.Inconclusive($"A run changes {looked.Subject} just now, and a half-made change is no drift.");

        var of = await db.DryVerifications.Where(known => known.Id == looked.Id)
            .Join(db.Deployments, known => known.DeploymentId, deployment => deployment.Id, (_, deployment) => new { deployment.Plan, deployment.Status }).SingleAsync(cancellationToken);
        string[] components = [.. of.Plan.Versions.Select(version => version.Component)];
        if (of.Status is DeploymentStatus.Scheduled) return await JudgeAsync(db, looked, seen, components, at, cancellationToken);

        await using var scope = scopes.CreateAsyncScope(); // never saved
        return await JudgeAsync(scope.ServiceProvider.GetRequiredService<DeployHubDb>(), looked, seen, components, at, cancellationToken);
    }

    private static async Task<StepOutcome> JudgeAsync(DeployHubDb db, Taken looked, StepOutcome.Observed seen, string[] components, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var look = await db.PrepareLookAsync(looked.Target!.Value, seen.Facts, looked.Verification, at, cancellationToken);
        var verdict = DriftVerdict.Of(look.See(seen.Facts, seen.Definition), components, looked.Subject, seen);
        db.DriftItems.AddRange(look.Found);
        return verdict;
    }

    private async Task GiveBackAsync(Taken look)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        (await db.LockDryLookAsync(look.Id, look.Ordinal, CancellationToken.None))?.GiveBack(look.Fence, Clock.GetUtcNow());
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }
}
