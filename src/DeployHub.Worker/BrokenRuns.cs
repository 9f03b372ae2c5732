using System.Data.Common;
using System.Text.Json;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DeployHub.Worker;

/// <summary>A run that a bug or a damaged row keeps from moving: set aside for a while, so that it does not hold up those that are moved with it.</summary>
internal sealed class BrokenRuns(IServiceScopeFactory scopes, TimeProvider clock, ILogger<BrokenRuns> logger)
{
    private static readonly TimeSpan SetAsideFor = TimeSpan.FromMinutes(1);
    private const int MostLookedAt = 100;

    private readonly Dictionary<RunId, DateTimeOffset> _until = [];

    public IReadOnlyCollection<RunId> SetAside
    {
        get
        {
            foreach (var (run, until) in _until) if (until <= clock.GetUtcNow()) _until.Remove(run);
            return _until.Keys;
        }
    }

    public void Add(RunId run, Exception cause)
    {
        logger.LogError(cause, "Run {RunId} cannot be moved and is set aside for a while", run.Value);
        _until[run] = clock.GetUtcNow() + SetAsideFor;
    }

    /// <summary>What is stored cannot be read; a database that is away is something else.</summary>
    public static bool IsUnreadable(Exception exception) => exception is InvalidOperationException or JsonException && !IsOfDatabase(exception);

    /// <summary>Reads each run alone and sets aside those that cannot be read. False when there is none.</summary>
    public async Task<bool> SetUnreadableAsideAsync(IEnumerable<RunId> reported, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var before = SetAside.Count;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        var due = await db.Runs.Where(run => run.DueAt <= at).OrderBy(run => run.DueAt).Take(MostLookedAt).Select(run => run.Id).ToListAsync(cancellationToken);
        foreach (var id in reported.Union(due).Except(SetAside).ToList())
        {
            try
            {
                var whole = await db.Runs.AsNoTracking().Include(run => run.TargetRuns).SingleAsync(run => run.Id == id, cancellationToken);
                foreach (var targetRun in whole.TargetRuns) _ = targetRun.Steps.Count; // read by the first look
            }
            catch (Exception exception) when (IsUnreadable(exception))
            {
                Add(id, exception);
            }
        }

        return SetAside.Count > before;
    }

    private static bool IsOfDatabase(Exception? exception) => exception is not null && (exception is DbException or IOException || IsOfDatabase(exception.InnerException));
}
