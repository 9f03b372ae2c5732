using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>One window: where and when it is, the next times, and who did what to it.</summary>
public sealed record ShowWindow(string Number) : IQuery<Result<ShowWindow.View>>
{
    private const int MostTimes = 8;

    /// <param name="Times">The next times that are not over.</param>
    /// <param name="History">Oldest first.</param>
    /// <param name="RowVersion">For <c>If-Match</c>.</param>
    public sealed record View(ListWindows.Row Window, IReadOnlyList<Slot> Times, IReadOnlyList<CalendarChange> History, uint RowVersion);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowWindow, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowWindow query, CancellationToken cancellationToken)
        {
            var found = await db.Windows.AsNoTracking().Where(window => window.Number == query.Number)
                .Select(window => new { Window = window, Version = EF.Property<uint>(window, "Version") }).SingleOrDefaultAsync(cancellationToken);
            if (found is null) return Error.NotFound("window", query.Number);

            var at = clock.GetUtcNow();
            IReadOnlyList<Slot> times = found.Window.IsOver(at) ? [] : [.. found.Window.When.Next(at, MostTimes).Select(time => new Slot(time.Start, time.End))];
            return new View(ListWindows.RowOf(found.Window, at), times, found.Window.History, found.Version);
        }
    }
}
