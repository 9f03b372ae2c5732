using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Improving;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inbox.Sources;

/// <summary>Proposals that have waited for an answer for more than 30 days, for whoever may give it.</summary>
internal static class ImprovementsOverdue
{
    public static async Task<IEnumerable<InboxItem>> OnAsync(Desk desk, CancellationToken cancellationToken)
    {
        if (!desk.Caller.May(Permission.DecideImprovements)) return [];

        var owedSince = desk.Now - Improvement.DecidedWithin;
        var overdue = await desk.Db.Improvements
            .Where(improvement => (improvement.Status == ImprovementStatus.Proposed || improvement.Status == ImprovementStatus.Assessed) && improvement.ProposedAt < owedSince)
            .OrderBy(improvement => improvement.ProposedAt).AsNoTracking().Take(Desk.Most).ToListAsync(cancellationToken);
        return overdue.Select(improvement => new InboxItem(
            InboxKind.Improvement, improvement.Number, improvement.Title, $"{improvement.ProposedBy.Name} has waited for more than 30 days: whoever proposes hears a decision, with a reason.",
            improvement.ProposedAt + Improvement.DecidedWithin, $"/improvements/{improvement.Number}"));
    }
}
