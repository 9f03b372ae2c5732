using DeployHub.Domain;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>Work that waits because no living worker serves its pool.</summary>
internal static class UnservedTargetRuns
{
    /// <summary>Names the pools and where they are missed; null when every waiting target run has a worker that may take it.</summary>
    public static async Task<string?> UnservedSentenceAsync(this DeployHubDb db, Run run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var waiting = run.WaitingForWorkers(now).ToList();
        if (waiting.Count == 0) return null;

        var workers = await db.Workers.AsNoTracking().ToListAsync(cancellationToken);
        var unserved = waiting.Where(targetRun => !workers.Exists(worker => worker.Serves(targetRun.Pool, now))).ToLookup(targetRun => targetRun.Pool, targetRun => targetRun.Subject);
        return unserved.Count == 0 ? null : string.Join(' ', unserved.Select(SentenceOf));
    }

    private static string SentenceOf(IGrouping<string?, string> subjects) =>
        $"{Words.List(subjects)} {(subjects.Count() == 1 ? "waits" : "wait")} for a worker{(subjects.Key is { } pool ? $" of pool {pool}" : "")}: none is there that takes work.";
}
