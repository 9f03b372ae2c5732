using DeployHub.Domain;
using DeployHub.Domain.Models.Sources;
using DeployHub.Domain.Workers;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Sources;
using DeployHub.Worker.Git;
using DeployHub.Worker.Secrets;
using DeployHub.Worker.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeployHub.Worker.Models;

/// <summary>
/// Judges pushes and looks at model sources that are due. Each is taken for as long as the lease is renewed, and every change carries the fence of
/// its take: what a lost worker left undone is done by another, and what it does too late counts for nothing.
/// </summary>
internal sealed class SyncModelSources(
    IServiceScopeFactory scopes, RepositoryCache repositories, SshHosts hosts, SecretStore secrets, Masker masker, TargetWork work, IOptions<WorkerOptions> options, TimeProvider clock,
    ILogger<SyncModelSources> logger) : LooksOutsideRuns(AtOnce, work, options, clock, logger)
{
    private const int AtOnce = 2;
    private const int MostTries = 3;
    private const int MostNews = 20;
    private const int LongestSentence = 900;
    private static readonly TimeSpan BusyPause = TimeSpan.FromSeconds(5);

    private readonly WorkerOptions _options = options.Value;
    private readonly Pools _pools = options.Value.ServedPools;

    /// <param name="Accepted">The commit that a person decided to go on from; null when nobody had to.</param>
    private sealed record Taken(ModelSource Source, int Fence, IReadOnlyDictionary<string, string> Heads, string? Accepted);

    /// <summary>Another worker has taken the source since: nothing of this look counts any more.</summary>
    private sealed class OvertakenException : Exception;

    protected override string What => "Model sources could not be synchronised";

    protected override async Task<bool> LookAtOneAsync(CancellationToken stoppingToken)
    {
        while (await InTransactionAsync(JudgeAsync, stoppingToken))
        {
        }

        if (await InTransactionAsync(TakeAsync, stoppingToken) is not { } taken) return false;

        Ring();
        await LookAsync(taken, stoppingToken);
        return true;
    }

    /// <summary>Judges one push. False when none waits.</summary>
    private async Task<bool> JudgeAsync(DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await db.LockNextPushAsync(_pools.Names, cancellationToken) is not { } push) return false;

        var source = (await db.ModelSources.FindAsync([push.SourceId], cancellationToken))!;
        var sync = (await db.LockSyncAsync(source.Id, cancellationToken))!;
        if (source.Settings.PushSecret is { } name)
        {
            try
            {
                if (await secrets.FindAsync(name, cancellationToken) is { } secret) sync.Hear(push.IsProvenBy(secret), at);
                else sync.CannotHear($"A push came, but this worker knows no secret named “{name}” to judge it by.");
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                Logger.LogWarning(exception, "The secret for pushes to the model source {Source} could not be read", source.Key);
                sync.CannotHear($"A push came, but this worker could not read the secret named “{name}” to judge it by; the log of the worker {_options.Name} says why.");
            }
        }

        db.SourcePushes.Remove(push);
        return true;
    }

    private async Task<Taken?> TakeAsync(DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await db.LockDueSyncAsync(at, _pools.Names, cancellationToken) is not { } sync) return null;

        var source = await db.ModelSources.AsNoTracking().SingleAsync(source => source.Id == sync.SourceId, cancellationToken);
        return new Taken(source, sync.Take(_options.Name, _options.Lease, at), sync.Heads, sync.GoesOnFrom);
    }

    private async Task LookAsync(Taken taken, CancellationToken stoppingToken)
    {
        using var limit = new CancellationTokenSource(_options.Git.Patience, Clock);
        using var look = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, limit.Token);
        var renewal = RenewAsync(taken, look);
        try
        {
            await BringAsync(taken, look.Token);
        }
        catch (Exception exception) when (exception is OvertakenException || (exception is OperationCanceledException && !stoppingToken.IsCancellationRequested && !limit.IsCancellationRequested))
        {
            Logger.LogInformation("Another worker goes on with the model source {Source}", taken.Source.Key);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await WithSyncAsync(taken, sync => sync.GiveBack(taken.Fence, Clock.GetUtcNow()), CancellationToken.None);
        }
        catch (Exception exception)
        {
            await FailAsync(taken, Trouble(exception, taken), (exception as GitRefusedException)?.Pause ?? TimeSpan.Zero);
        }
        finally
        {
            await look.CancelAsync();
            await renewal;
        }
    }

    private string Trouble(Exception exception, Taken taken)
    {
        if (exception is GitRefusedException or HostRefusedException) return exception.Message;
        if (exception is OperationCanceledException) return $"Looking took longer than {_options.Git.Patience.TotalSeconds:0} s and was given up.";

        Logger.LogError(exception, "The model source {Source} could not be synchronised", taken.Source.Key);
        return $"Something went wrong inside DeployHub ({exception.GetType().Name}); the log of the worker {_options.Name} says what.";
    }

    private async Task RenewAsync(Taken taken, CancellationTokenSource look)
    {
        using var timer = new PeriodicTimer(_options.RenewEvery, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(look.Token))
            {
                var isOurs = true;
                await WithSyncAsync(taken, sync => isOurs = sync.Renew(taken.Fence, _options.Lease, Clock.GetUtcNow()), look.Token);
                if (!isOurs) await look.CancelAsync();
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception exception)
        {
            Logger.LogWarning(exception, "The lease of the model source {Source} could not be renewed", taken.Source.Key); // its end lets another worker go on
        }
    }

    private async Task BringAsync(Taken taken, CancellationToken cancellationToken)
    {
        using var cached = repositories.Take(taken.Source.Id);
        if (cached is null)
        {
            await WithSyncAsync(taken, sync => sync.GiveBack(taken.Fence, Clock.GetUtcNow() + BusyPause), cancellationToken);
            return;
        }

        cached.Begin();
        try
        {
            await BringAsync(taken, cached, cancellationToken);
        }
        catch (Exception exception) when (exception is GitRefusedException or HostRefusedException)
        {
            cached.Finish(); // git ended by itself
            throw;
        }

        cached.Finish();
    }

    private async Task BringAsync(Taken taken, CachedRepository cached, CancellationToken cancellationToken)
    {
        using var access = await GitAccess.PrepareAsync(taken.Source.Settings, cached.Work, hosts, secrets, _options.Git, cancellationToken);
        var repository = new GitRepository(cached, access, _options.Git);
        var reading = await SourceReading.ReadAsync(repository, taken.Source.Settings, taken.Heads, taken.Accepted, Clock.GetUtcNow(), cancellationToken);
        if (reading.Rewritten is { } rewritten) await WithSyncAsync(taken, sync => sync.Hold(taken.Fence, rewritten, Clock.GetUtcNow()), cancellationToken);
        else await TakeInAsync(taken, repository, reading, cancellationToken);
    }

    /// <summary>Every text that is new, each in a transaction of its own; then how far that came.</summary>
    private async Task TakeInAsync(Taken taken, GitRepository repository, SourceReading reading, CancellationToken cancellationToken)
    {
        var source = taken.Source;
        var news = new List<string>(reading.News);
        foreach (var name in await FencedAsync(taken, (db, _) => db.ForgetBranchesAsync(source.Id, [.. reading.Branches.Select(branch => branch.Name), .. reading.Unreadable], cancellationToken), cancellationToken))
            news.Add($"the branch {name} is not looked at any more; what came from it stays");
        foreach (var branch in reading.Branches)
        {
            var known = await FencedAsync(taken, (db, _) => db.KnownDocumentsAsync(source.Id, branch.Name, cancellationToken), cancellationToken);
            var (gone, unconcerned) = branch.Missing(known.Keys);
            var missed = await FencedAsync(taken, (db, at) => db.MissAsync(source.Id, branch.Name, gone, unconcerned, at, cancellationToken), cancellationToken);
            news.AddRange(missed.Select(document => $"{document.Path} is gone"));
            foreach (var file in branch.Files.Where(file => known.GetValueOrDefault(file.Path)?.Wants(file.Blob) is not false))
            {
                var text = await branch.TextOfAsync(repository, file, Shown, cancellationToken);
                if (await TakeOneAsync(taken, text, cancellationToken) is { } document) news.Add(InWords(document));
            }
        }

        var sentence = news.Count == 0 ? null : Words.Beginning($"{Words.List(news.Take(MostNews))}{(news.Count > MostNews ? $", and {news.Count - MostNews} more" : "")}.", LongestSentence);
        var leftOut = reading.LeftOut is { } told ? Words.Beginning(Shown(told), LongestSentence) : null;
        await WithSyncAsync(taken, sync => sync.Settle(taken.Fence, reading.Heads, reading.Head, sentence, leftOut, source.Settings.Every, Clock.GetUtcNow()), cancellationToken);
    }

    /// <summary>A document with which something goes wrong stops no other.</summary>
    private async Task<SourceDocument?> TakeOneAsync(Taken taken, FoundText text, CancellationToken cancellationToken)
    {
        try
        {
            return await FencedAsync(taken, (db, at) => db.TakeAsync(taken.Source, text, at, cancellationToken), cancellationToken);
        }
        catch (Exception exception) when (exception is not (OvertakenException or OperationCanceledException))
        {
            Logger.LogError(exception, "{Path} of the model source {Source} could not be taken", text.Path, taken.Source.Key);
            var sentence = $"It could not be taken: something went wrong inside DeployHub ({exception.GetType().Name}); the log of the worker {_options.Name} says what.";
            return await FencedAsync(taken, (db, at) => db.RefuseAsync(taken.Source, text, sentence, at, cancellationToken), cancellationToken);
        }
    }

    private static string InWords(SourceDocument document) => $"{document.Path}: {(document.Number is { } number ? $"{document.Model} v{number} " : "")}{Words.Of(document.Outcome)}";

    /// <param name="pause">Until the next look at the earliest.</param>
    private Task FailAsync(Taken taken, string trouble, TimeSpan pause)
    {
        TimeSpan? every = taken.Source.Settings.Every is { } scheduled && scheduled > pause ? scheduled : pause > TimeSpan.Zero ? pause : null;
        return WithSyncAsync(taken, sync => sync.Fail(taken.Fence, Words.Beginning(Shown(trouble), LongestSentence), every, Clock.GetUtcNow()), CancellationToken.None);
    }

    /// <summary>What others wrote as it may be stored and shown.</summary>
    private string Shown(string text) => Printable.Of(masker.Mask(text));

    private async Task WithSyncAsync(Taken taken, Action<SourceSync> change, CancellationToken cancellationToken) => await InTransactionAsync(
        async (db, _, token) =>
        {
            if (await db.LockSyncAsync(taken.Source.Id, token) is { } sync) change(sync);
            return true;
        }, cancellationToken);

    /// <summary>Only while nobody else has taken the source. Somebody who edits the same model at this instant is first, and what came of that is looked at.</summary>
    private async Task<T> FencedAsync<T>(Taken taken, Func<DeployHubDb, DateTimeOffset, Task<T>> act, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await InTransactionAsync(
                    async (db, at, token) => (await db.LockSyncAsync(taken.Source.Id, token))?.Fence == taken.Fence ? await act(db, at) : throw new OvertakenException(), cancellationToken);
            }
            catch (DbUpdateException) when (attempt < MostTries)
            {
            }
        }
    }

    private Task<T> InTransactionAsync<T>(Func<DeployHubDb, DateTimeOffset, CancellationToken, Task<T>> act, CancellationToken cancellationToken) =>
        scopes.InTransactionAsync(Clock, act, cancellationToken);
}
