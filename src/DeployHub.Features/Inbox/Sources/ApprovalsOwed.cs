using DeployHub.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inbox.Sources;

/// <summary>Started without approval, and the caller may say what they think of it.</summary>
internal static class ApprovalsOwed
{
    /// <summary>So many are looked through for those that are the caller's to answer for.</summary>
    private const int MostLookedAt = 500;

    public static async Task<IEnumerable<InboxItem>> OnAsync(Desk desk, CancellationToken cancellationToken)
    {
        if (!desk.Caller.May(Permission.ApproveLate)) return [];

        const string Deferred = """[{"status":"Deferred"}]""";
        var owed = await desk.Db.WithRunsAsync(
            desk.Db.Deployments
                .FromSql($"select deployment.*, deployment.xmin from deployments deployment where deployment.broken_glass is not null and deployment.approvals @> {Deferred}::jsonb")
                .OrderBy(deployment => deployment.Number).Take(MostLookedAt), cancellationToken);
        return (from found in owed
                where desk.May(Permission.ApproveLate, found) && !found.Deployment.BrokenGlass!.By.Is(desk.Caller.Actor) && !found.Deployment.Planners.Any(desk.Caller.Actor.Is)
                let due = found.Deployment.Owed.Min(approval => approval.DueAt)
                orderby due
                select found.Item(InboxKind.LateApproval, Sentence(found.Deployment.BrokenGlass!.By, due, desk.Now), due, $"/deployments/{found.Deployment.Number}/decide") with { Risk = found.Deployment.Risk }).Take(Desk.Most);
    }

    private static string Sentence(Actor by, DateTimeOffset? due, DateTimeOffset now) =>
        $"{by.Name} broke the glass: your retrospective approval {(due < now ? "was" : "is")} due by {due:yyyy-MM-dd HH:mm} UTC{(due < now ? " and is overdue." : ".")}";
}
