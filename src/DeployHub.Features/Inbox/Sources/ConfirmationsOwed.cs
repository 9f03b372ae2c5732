using System.Text.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inbox.Sources;

/// <summary>Confirmations that the caller owes since an absence, whatever became of the step meanwhile.</summary>
internal static class ConfirmationsOwed
{
    public static async Task<IEnumerable<InboxItem>> OnAsync(Desk desk, CancellationToken cancellationToken)
    {
        if (!desk.Caller.May(Permission.AcknowledgeVersions)) return [];

        var today = desk.Today;
        var runs = await desk.Db.Runs.Where(run => run.OwedFrom <= today).Select(run => new { run.Id, run.Number, run.DeploymentId }).ToListAsync(cancellationToken);
        if (runs.Count == 0) return [];

        var (ids, deployments) = (runs.Select(run => run.Id.Value).ToArray(), runs.Select(run => run.DeploymentId).ToList());
        var reader = JsonSerializer.Serialize(new[] { new { readers = new[] { new { person = new { id = desk.Caller.Actor.Id } } } } });
        var owed = (await desk.Db.TargetRuns.FromSql($"select * from target_runs where run_id = any({ids}) and steps @> {reader}::jsonb").AsNoTracking().ToListAsync(cancellationToken)).ToLookup(targetRun => targetRun.RunId);
        var found = await desk.Db.WithRunsAsync(desk.Db.Deployments.Where(deployment => deployments.Contains(deployment.Id)), cancellationToken);
        return from deployment in found
               from run in runs
               where run.DeploymentId == deployment.Deployment.Id
               from targetRun in owed[run.Id]
               from step in targetRun.Steps
               where Owes(step, desk.Caller.Actor, today)
               select deployment.Item(
                   InboxKind.Confirmation, $"Confirm, now that you are back: {((AsksPeople)step.Settings).Question}", null, VersionsToConfirm.PathOf(deployment, run.Number, targetRun, step.Number));
    }

    private static bool Owes(StepRun step, Actor caller, DateOnly today) =>
        step is { Settings: Acknowledge, IsOver: true, Readers: { } readers }
        && readers.Any(known => known.Person.Is(caller) && known is { Owes: true, Exemption: { } exemption } && exemption.Until <= today);
}
