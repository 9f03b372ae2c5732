using System.Text.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inbox.Sources;

/// <summary>Versions that the caller is asked to confirm or to accept, while their run waits.</summary>
internal static class VersionsToConfirm
{
    public static async Task<IEnumerable<InboxItem>> OnAsync(Desk desk, CancellationToken cancellationToken)
    {
        if (!desk.Caller.May(Permission.AcknowledgeVersions)) return [];

        var underWay = desk.Open.Where(found => found is { Deployment.Status: DeploymentStatus.InProgress, Run: not null }).ToDictionary(found => found.Run!.Id);
        var runs = underWay.Keys.Select(run => run.Value).ToArray();
        var reader = AwaitedOf(desk.Caller.Actor);
        var asking = await desk.Db.TargetRuns.FromSql($"select * from target_runs where run_id = any({runs}) and status = 'WaitingForPerson' and steps @> {reader}::jsonb").AsNoTracking().ToListAsync(cancellationToken);
        return asking.Where(targetRun => Asks(targetRun, desk.Caller.Actor)).Select(targetRun => ItemOf(underWay[targetRun.RunId], targetRun));
    }

    /// <summary>What the steps of a target contain, as JSON, while it waits for readers of whom this is one.</summary>
    public static string AwaitedOf(Actor reader) =>
        JsonSerializer.Serialize(new[] { new { status = nameof(StepStatus.WaitingForPerson), readers = new[] { new { person = new { id = reader.Id } } } } });

    /// <summary>The page on which a reader answers.</summary>
    public static string PathOf(OpenDeployment found, int run, TargetRun targetRun, int step) =>
        $"/deployments/{found.Deployment.Number}/runs/{run}/acknowledgement?stage={targetRun.Stage}&subject={Uri.EscapeDataString(targetRun.Subject)}&step={step}";

    private static bool Asks(TargetRun targetRun, Actor caller) =>
        targetRun is { AwaitsReaders: true, CurrentStep.Readers: { } readers } && readers.Any(known => known.Person.Is(caller) && known is { ConfirmedAt: null, IsExempt: false });

    private static InboxItem ItemOf(OpenDeployment found, TargetRun targetRun)
    {
        var step = targetRun.CurrentStep!;
        var reminder = step.Reminded == 0 ? "" : $" A reminder: it is due by {targetRun.DueAt:yyyy-MM-dd HH:mm} UTC.";
        return found.Item(
            InboxKind.Confirmation, $"{(step.Settings is Accept ? "Accept" : "Confirm")}: {((AsksPeople)step.Settings).Question}{reminder}", targetRun.DueAt,
            PathOf(found, found.Deployment.RunCount, targetRun, step.Number));
    }
}
