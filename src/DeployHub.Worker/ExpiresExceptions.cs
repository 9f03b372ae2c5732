using DeployHub.Features.Deployments.Calendar;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeployHub.Worker;

/// <summary>
/// Ends exceptions from freezes whose time is over, so that whoever asked for one hears of it. Gates look at the clock themselves. Each is ended by
/// itself: one that cannot be keeps nobody from the others.
/// </summary>
internal sealed class ExpiresExceptions(IServiceScopeFactory scopes, TargetWork work, IOptions<WorkerOptions> options, TimeProvider clock, ILogger<ExpiresExceptions> logger)
    : LooksOutsideRuns(AtOnce, work, options, clock, logger)
{
    private const int AtOnce = 1;

    /// <summary>Nothing waits for it, and rings come with every step of every run.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    private DateTimeOffset _looksAgainAt;

    protected override string What => "Exceptions from freezes could not be looked after";

    protected override async Task<bool> LookAtOneAsync(CancellationToken stoppingToken)
    {
        if (Clock.GetUtcNow() < _looksAgainAt) return false;

        for (var due = await NextAsync("", stoppingToken); due is not null && Work.TakesWork; due = await NextAsync(due, stoppingToken)) await ExpireAsync(due, stoppingToken);
        _looksAgainAt = Clock.GetUtcNow() + Every;
        return false;
    }

    private Task<string?> NextAsync(string after, CancellationToken stoppingToken) =>
        scopes.InTransactionAsync(Clock, (db, at, cancellation) => db.DueExceptionAsync(after, at, cancellation), stoppingToken);

    private async Task ExpireAsync(string number, CancellationToken stoppingToken)
    {
        try
        {
            await scopes.InTransactionAsync(Clock, (db, at, cancellation) => db.ExpireExceptionAsync(number, at, cancellation), stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            Logger.LogError(exception, "The freeze exception {Exception} could not be ended; it is tried again", number);
        }
    }
}
