using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Workers;
using DeployHub.Features.Data;
using DeployHub.Features.Inventory;
using DeployHub.Worker.Artefacts.Stores;
using DeployHub.Worker.Secrets;
using DeployHub.Worker.Ssh;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeployHub.Worker.Artefacts;

/// <summary>
/// Answers what people ask about definitive stores before they register a version: workers see the stores, web processes need not. Each question is
/// taken for as long as a look may last, so that of a lost worker is answered by another.
/// </summary>
internal sealed class LooksIntoStores(
    IServiceScopeFactory scopes, ArtefactSource source, StoreLimits limits, Masker masker, TargetWork work, IOptions<WorkerOptions> options, TimeProvider clock,
    ILogger<LooksIntoStores> logger)
    : LooksOutsideRuns(AtOnce, work, options, clock, logger)
{
    private const int AtOnce = 2;
    private const int LongestSentence = 900;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Lease = Patience + TimeSpan.FromMinutes(1);

    /// <summary>Workers of other pools may stand in zones that see no store.</summary>
    private readonly bool _looks = options.Value.ServedPools.Serves(Pools.Default);

    private sealed record Taken(StoreLookId Look, int Fence, StoreQuestion Question, string Path, DefinitiveStore Store);

    protected override string What => "Questions about definitive stores could not be answered";

    protected override async Task<bool> LookAtOneAsync(CancellationToken stoppingToken)
    {
        if (!_looks || await scopes.InTransactionAsync(Clock, TakeAsync, stoppingToken) is not { } taken) return false;

        Ring();
        var answer = await SeeAsync(taken, stoppingToken);
        await scopes.InTransactionAsync(Clock, (db, _, cancellationToken) => AnswerAsync(db, taken, answer, cancellationToken), stoppingToken);
        return true;
    }

    private static async Task<Taken?> TakeAsync(DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await db.LockDueStoreLookAsync(at, cancellationToken) is not { } look) return null;

        var store = await db.Stores.AsNoTracking().SingleAsync(store => store.Id == look.StoreId, cancellationToken);
        return new Taken(look.Id, look.Take(Lease, at), look.Question, look.Path, store);
    }

    /// <summary>Whoever asked may have gone, and the question with them.</summary>
    private static async Task<bool> AnswerAsync(DeployHubDb db, Taken taken, StoreAnswer answer, CancellationToken cancellationToken) =>
        await db.StoreLooks.SingleOrDefaultAsync(look => look.Id == taken.Look, cancellationToken) is { } look && look.Settle(taken.Fence, answer);

    private async Task<StoreAnswer> SeeAsync(Taken taken, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, Clock);
        using var look = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var answer = taken.Question is StoreQuestion.Files
                ? await OwnThread.RunAsync(() => FolderListing.Of(taken.Store.Location, taken.Path)).WaitAsync(limits.Idle, look.Token)
                : await source.MeasureAsync(taken.Store, taken.Path, look.Token);
            return answer.Trouble is { } trouble ? answer with { Trouble = Words.Beginning(masker.Mask(trouble), LongestSentence) } : answer;
        }
        catch (TimeoutException)
        {
            return StoreAnswer.Failed($"What serves the folder {taken.Store.Location} does not answer within {limits.Idle.TotalSeconds:0.#} s.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return StoreAnswer.Failed($"It took longer than {Patience.TotalMinutes:0} minutes and was given up.");
        }
    }
}
