using DeployHub.Domain;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Workers;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>Work that does not go on because a worker is not there.</summary>
internal static class MissingWorkers
{
    /// <summary>Names workers that fell silent with work in their hands, and pools that none serves; null when everything has a worker.</summary>
    public static async Task<string?> MissingWorkersSentenceAsync(this DeployHubDb db, Run run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var waiting = run.WaitingForWorkers(now).ToList();
        var held = run.TargetRuns.Where(targetRun => targetRun is { Status: TargetRunStatus.InProgress, LeaseUntil: not null, Worker: not null }).ToList();
        if (waiting.Count + held.Count == 0) return null;

        var workers = await db.Workers.AsNoTracking().ToListAsync(cancellationToken);
        var silent = workers.Where(worker => worker.StateAt(now, held: 1) is WorkerState.Silent).ToDictionary(worker => worker.Name);
        string[] sentences =
        [
            .. held.Where(targetRun => silent.ContainsKey(targetRun.Worker!)).ToLookup(targetRun => targetRun.Worker!, targetRun => targetRun.Subject).Select(mine => Silent(silent[mine.Key], mine)),
            .. waiting.Where(targetRun => !workers.Exists(worker => worker.Serves(targetRun.Pool, now))).ToLookup(targetRun => targetRun.Pool, targetRun => targetRun.Subject).Select(Unserved),
        ];
        return sentences.Length == 0 ? null : string.Join(' ', sentences);
    }

    private static string Silent(WorkerProcess worker, IEnumerable<string> subjects) =>
        $"The worker {worker.Name} has been silent since {worker.LastSeenAt:HH:mm:ss} UTC with {Words.List(subjects)} in its hands; when its lease is over another one goes on.";

    private static string Unserved(IGrouping<string?, string> subjects) =>
        $"{Words.List(subjects)} {(subjects.Count() == 1 ? "waits" : "wait")} for a worker{(subjects.Key is { } pool ? $" of pool {pool}" : "")}: none is there that takes work.";
}
