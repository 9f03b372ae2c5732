using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>Windows, the newest first, a page at a time.</summary>
/// <param name="Environment">Only those that hold in the environment with this key, those of the whole organisation too.</param>
/// <param name="Service">Only those that hold for the service with this key, those for every service too.</param>
/// <param name="All">True to see those that are over, too.</param>
/// <param name="After">The last number of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListWindows(string? Environment = null, string? Service = null, bool All = false, string? After = null, int? Limit = null) : IQuery<Page<ListWindows.Row>>
{
    /// <param name="Where">Where it holds, in words.</param>
    /// <param name="When">When it is, in words.</param>
    /// <param name="Next">When it is open next, or now; null where it never is again.</param>
    /// <param name="IsEndless">It never ends by itself.</param>
    public sealed record Row(
        string Number, string Name, string Where, CalendarScope Scope, string When, Recurrence Recurrence, Slot? Next, bool IsOpenNow, bool IsEndless, bool IsOver, string Owner, string Reason, DateTimeOffset? EndedAt);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ListWindows, Page<Row>>
    {
        public async ValueTask<Page<Row>> Handle(ListWindows query, CancellationToken cancellationToken)
        {
            var at = clock.GetUtcNow();
            var windows = db.Windows.AsNoTracking().Where(window => query.After == null || window.Number.CompareTo(query.After) < 0);
            if (!query.All) windows = windows.Where(window => (window.EndedAt == null || window.EndedAt > at) && (window.EndsAt == null || window.EndsAt > at));

            var found = await windows.OrderByDescending(window => window.Number).ToListAsync(cancellationToken); // where one holds is in a document, and windows are few
            var rows = found.Where(window => Holds(window.Scope, query.Environment, query.Service)).Take(Page.Size(query.Limit) + 1).Select(window => RowOf(window, at)).ToList();
            return Page.Of(rows, query.Limit, row => row.Number);
        }
    }

    internal static bool Holds(CalendarScope scope, string? environment, string? service) =>
        (string.IsNullOrEmpty(environment) || scope.Environment is null || scope.Environment == environment) && (string.IsNullOrEmpty(service) || scope.Service is null || scope.Service == service);

    internal static Row RowOf(Window window, DateTimeOffset at)
    {
        var next = window.IsOver(at) ? [] : window.When.Next(at, 1);
        return new Row(
            window.Number, window.Name, window.Scope.InWords(), window.Scope, window.When.InWords(), window.When,
            next is [var first] ? new Slot(first.Start, first.End) : null, next is [var now] && now.Contains(at),
            window.When.IsEndless, window.IsOver(at), window.Owner, window.Reason, window.EndedAt);
    }
}
