using DeployHub.Domain.Audit;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Calendar;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Audit;

/// <summary>CC-14 over runs of the last days.</summary>
internal static class FreezesKept
{
    /// <summary>Runs need workers, and so does this look: what was under way longer ago was looked at then.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromDays(8);

    /// <summary>Earlier runs of the same deployment are looked at again, so that what is said of it stays whole.</summary>
    private static readonly TimeSpan Earlier = TimeSpan.FromDays(35);

    public static async Task LookAsync(DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        for (var batch = await BatchAsync(db, "", at, cancellationToken); batch.Count > 0; batch = await BatchAsync(db, batch[^1].Number, at, cancellationToken)) await LookAtAsync(db, batch, at, cancellationToken);
    }

    private static async Task LookAtAsync(DeployHubDb db, List<Deployment> deployments, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (ids, since) = (deployments.ConvertAll(deployment => deployment.Id), at - Earlier);
        var runs = await db.Runs.AsNoTracking().Where(run => ids.Contains(run.DeploymentId) && run.StartedAt >= since)
            .Select(run => new { run.DeploymentId, run.Number, run.StartedAt, run.EndedAt }).ToListAsync(cancellationToken);
        var raised = await db.ControlExceptions.Where(exception => exception.Check == ControlCheck.Freeze && ids.Contains(exception.DeploymentId!.Value)).ToDictionaryAsync(exception => exception.DeploymentId!.Value, cancellationToken);
        var facts = await db.CalendarFactsAsync(deployments, runs.Min(run => run.StartedAt)!.Value, cancellationToken);
        foreach (var deployment in deployments)
        {
            var times = runs.Where(run => run.DeploymentId == deployment.Id).OrderBy(run => run.Number).Select(run => new RunTime(run.Number, new Occurrence(run.StartedAt!.Value, run.EndedAt ?? at)));
            if (FreezeKept.Of(times, facts[deployment.Id].Times, deployment.Plan.Category, facts[deployment.Id].Exceptions) is not { } found) continue;

            if (raised.TryGetValue(deployment.Id, out var known)) known.Follow(found, at);
            else await db.RaiseAsync(ControlCheck.Freeze, new Checked(deployment.Id, deployment.Number), found, at, cancellationToken);
        }
    }

    /// <summary>Deployments with a run that was under way lately while some freeze held somewhere, in the order of their numbers.</summary>
    private static Task<List<Deployment>> BatchAsync(DeployHubDb db, string after, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var (since, earlier) = (at - Recent, at - Earlier);
        return db.Deployments.AsNoTracking()
            .Where(deployment => deployment.Number.CompareTo(after) > 0 && db.Runs.Any(run => run.DeploymentId == deployment.Id && run.StartedAt >= earlier && (run.EndedAt == null || run.EndedAt >= since)
                && db.Freezes.Any(freeze => freeze.DeclaredAt <= run.StartedAt && freeze.BeginsAt < (run.EndedAt ?? at)
                    && (freeze.EndsAt == null || freeze.EndsAt > run.StartedAt) && (freeze.LiftedAt == null || freeze.LiftedAt > run.StartedAt))))
            .OrderBy(deployment => deployment.Number).Take(CheckingControls.Most).ToListAsync(cancellationToken);
    }
}
