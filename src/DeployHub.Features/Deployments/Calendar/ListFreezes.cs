using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>Freezes, the newest first, a page at a time.</summary>
/// <param name="Environment">Only those that hold in the environment with this key, those of the whole organisation too.</param>
/// <param name="Service">Only those that hold for the service with this key, those for every service too.</param>
/// <param name="All">True to see those that are over or lifted, too.</param>
/// <param name="After">The last number of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListFreezes(string? Environment = null, string? Service = null, bool All = false, string? After = null, int? Limit = null) : IQuery<Page<ListFreezes.Row>>
{
    /// <param name="Where">Where it holds, in words.</param>
    /// <param name="When">When it is, in words.</param>
    /// <param name="Next">When it holds next, or now; null where it never does again.</param>
    /// <param name="HoldsNow">Something is frozen at this moment.</param>
    /// <param name="Exempt">Changes of these categories may start all the same.</param>
    /// <param name="Approver">Who decides about exceptions.</param>
    public sealed record Row(
        string Number, string Name, FreezeStatus Status, string Where, CalendarScope Scope, string When, Recurrence Recurrence, Slot? Next, bool HoldsNow, bool IsEndless, string Reason,
        IReadOnlyList<ChangeCategory> Exempt, string Approver, string DeclaredBy, DateTimeOffset DeclaredAt);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ListFreezes, Page<Row>>
    {
        public async ValueTask<Page<Row>> Handle(ListFreezes query, CancellationToken cancellationToken)
        {
            var at = clock.GetUtcNow();
            var freezes = db.Freezes.AsNoTracking().Where(freeze => query.After == null || freeze.Number.CompareTo(query.After) < 0);
            if (!query.All) freezes = freezes.Where(freeze => (freeze.LiftedAt == null || freeze.LiftedAt > at) && (freeze.EndsAt == null || freeze.EndsAt > at));

            var found = await freezes.OrderByDescending(freeze => freeze.Number).ToListAsync(cancellationToken); // where one holds is in a document, and freezes are few
            var rows = found.Where(freeze => ListWindows.Holds(freeze.Scope, query.Environment, query.Service)).Take(Page.Size(query.Limit) + 1).Select(freeze => RowOf(freeze, at)).ToList();
            return Page.Of(rows, query.Limit, row => row.Number);
        }
    }

    internal static Row RowOf(Freeze freeze, DateTimeOffset at)
    {
        var status = freeze.StatusAt(at);
        var next = status is FreezeStatus.Declared or FreezeStatus.Active ? freeze.When.Next(at, 1) : [];
        return new Row(
            freeze.Number, freeze.Name, status, freeze.Scope.InWords(), freeze.Scope, freeze.When.InWords(), freeze.When,
            next is [var first] ? new Slot(first.Start, first.End) : null, next is [var now] && now.Contains(at),
            freeze.When.IsEndless, freeze.Reason, freeze.Exempt, freeze.Approver.InWords(), freeze.DeclaredBy.Name, freeze.DeclaredAt);
    }
}
