using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inbox.Sources;

/// <summary>Halts that an approver may end with a waiver, and whoever has the run in hand may not (SOD-4).</summary>
internal static class ChecksToWaive
{
    public static async Task<IEnumerable<InboxItem>> OnAsync(Desk desk, CancellationToken cancellationToken)
    {
        var halted = desk.Open.Where(found => found is { Deployment.Status: DeploymentStatus.Halted, Run.OpenHalt: not null } && IsForCaller(desk, found))
            .OrderBy(found => found.Run!.OpenHalt!.At).Take(Desk.Most).ToList();
        if (halted.Count == 0) return [];

        var runs = halted.Select(found => found.Run!.Id).ToList();
        var targetRuns = (await desk.Db.TargetRuns.AsNoTracking().Where(targetRun => runs.Contains(targetRun.RunId)).ToListAsync(cancellationToken)).ToLookup(targetRun => targetRun.RunId);
        return halted.Where(found => found.Run!.With(targetRuns[found.Run.Id]).MayBeWaived)
            .Select(found => found.Item(InboxKind.Waiver, $"You may let it go on with a waiver: {found.Run!.OpenHalt!.Sentence}", found.Run.OpenHalt.At, found.RunPath));
    }

    /// <summary>Whoever may resolve the halt in other ways has it in the inbox already.</summary>
    private static bool IsForCaller(Desk desk, OpenDeployment found) =>
        desk.May(Permission.WaiveChecks, found) && !desk.May(Permission.ResolveHalts, found) && !desk.May(Permission.RollBack, found) && !found.Run!.Operator.Is(desk.Caller.Actor);
}
