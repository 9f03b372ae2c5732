using DeployHub.Domain;
using DeployHub.Domain.Deployments.ChangeTools;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.ChangeTools;
using DeployHub.Worker.Secrets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeployHub.Worker.ChangeTools;

/// <summary>
/// Looks up in the change tools what open plans name. Each change is taken for a while, and its answer carries the fence of its take: two workers do not
/// ask the same, a late answer counts for nothing, and no transaction waits for a tool.
/// </summary>
internal sealed class LooksUpChanges(
    IServiceScopeFactory scopes, ChangeToolHttp http, SecretStore secrets, Masker masker, TargetWork work, IOptions<WorkerOptions> options, TimeProvider clock, ILogger<LooksUpChanges> logger)
    : LooksOutsideRuns(AtOnce, work, options, clock, logger)
{
    private const int AtOnce = 2;
    private const int LongestSentence = 900;

    /// <summary>Longer than any look may take.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>Rings come with every step of every run.</summary>
    private static readonly TimeSpan TakesUpEvery = TimeSpan.FromSeconds(3);

    /// <summary>Nothing waits for what is forgotten.</summary>
    private static readonly TimeSpan ForgetsEvery = TimeSpan.FromHours(1);

    private DateTimeOffset _takesUpAt, _forgetsAt;

    private sealed record Taken(ChangeRecordId Id, ChangeToolId ToolId, string Number, ChangeToolSettings Settings, int Fence);

    protected override string What => "Changes could not be looked up";

    protected override async Task<bool> LookAtOneAsync(CancellationToken stoppingToken)
    {
        if (await scopes.InTransactionAsync(Clock, TakeAsync, stoppingToken) is not { } taken) return await TakeUpAsync(stoppingToken);

        Ring();
        var answer = await AskAsync(taken, stoppingToken);
        await scopes.InTransactionAsync(
            Clock,
            async (db, at, token) =>
            {
                await db.SettleChangeAsync(taken.Id, taken.Fence, answer, at, token);
                return true;
            },
            stoppingToken);
        if (answer.RetryAfter is { } pause) await PauseAsync(taken.ToolId, pause < ChangeRecord.LongestPause ? pause : ChangeRecord.LongestPause, stoppingToken);
        return true;
    }

    /// <summary>What plans began to name since. True when something is to be looked up now.</summary>
    private async Task<bool> TakeUpAsync(CancellationToken stoppingToken)
    {
        var now = Clock.GetUtcNow();
        if (now < _takesUpAt) return false;

        _takesUpAt = now + TakesUpEvery;
        await ForgetAsync(now, stoppingToken);
        return await scopes.InTransactionAsync(Clock, (db, at, token) => db.TakeUpChangesAsync(at, token), stoppingToken) > 0;
    }

    private async Task ForgetAsync(DateTimeOffset now, CancellationToken stoppingToken)
    {
        if (now < _forgetsAt) return;

        await scopes.InTransactionAsync(Clock, (db, at, token) => db.ForgetChangesAsync(at, token), stoppingToken);
        _forgetsAt = now + ForgetsEvery;
    }

    private static async Task<Taken?> TakeAsync(DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (await db.LockDueChangeAsync(at, cancellationToken) is not { } record) return null;

        var settings = await db.ChangeTools.AsNoTracking().Where(tool => tool.Id == record.ToolId).Select(tool => tool.Settings).SingleAsync(cancellationToken);
        return new Taken(record.Id, record.ToolId, record.Number, settings, record.Take(Lease, at));
    }

    private async Task<ChangeAnswer> AskAsync(Taken taken, CancellationToken stoppingToken)
    {
        try
        {
            var secret = taken.Settings.Secret is { } name ? await secrets.FindAsync(name, stoppingToken) : null;
            if (secret is null && taken.Settings.Secret is { } unknown) return new ChangeAnswer(null, $"This worker knows no secret named “{unknown}”. Set DeployHub__Secrets__{unknown} for it.");

            return Shown(await http.AskAsync(taken.Settings, taken.Number, secret, stoppingToken));
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            Logger.LogError(exception, "The change {Change} could not be looked up", taken.Number);
            return new ChangeAnswer(null, $"Something went wrong inside DeployHub ({exception.GetType().Name}); the log of a worker says what.");
        }
    }

    /// <summary>As it may be stored and shown: without secrets, and without what is no character.</summary>
    private ChangeAnswer Shown(ChangeAnswer answer) => answer with
    {
        Trouble = answer.Trouble is { } trouble ? Words.Beginning(Printable.Of(masker.Mask(trouble)), LongestSentence) : null,
        Seen = answer.Seen is { } seen ? seen with { State = Shown(seen.State), Approval = seen.Approval is { } approval ? Shown(approval) : null, Summary = Shown(seen.Summary) } : null,
    };

    private string Shown(string text) => Printable.Of(masker.Mask(text));

    private Task<bool> PauseAsync(ChangeToolId tool, TimeSpan pause, CancellationToken stoppingToken) =>
        scopes.InTransactionAsync(
            Clock,
            async (db, at, token) =>
            {
                await db.PauseChangesAsync(tool, at + pause, token);
                return true;
            },
            stoppingToken);
}
