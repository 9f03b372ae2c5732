using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>Exceptions from freezes, the newest first, a page at a time.</summary>
/// <param name="Deployment">Number of the only deployment wanted.</param>
/// <param name="Status">Only in this state.</param>
/// <param name="After">The last number of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListFreezeExceptions(
    string? Deployment = null, FreezeExceptionStatus? Status = null, string? After = null, int? Limit = null) : IQuery<Page<ListFreezeExceptions.Row>>
{
    /// <param name="Until">Granted until, or asked for until.</param>
    /// <param name="OwesCondition">Somebody still has to say that its condition is met.</param>
    /// <param name="Reserved">The slot that is kept until somebody has decided; null for none.</param>
    /// <param name="DecideBy">Until when that is waited for; null where nothing is kept.</param>
    public sealed record Row(
        string Number, FreezeExceptionStatus Status, string Deployment, string Title, string Freeze, string FreezeName, string Justification, string RequestedBy, DateTimeOffset RequestedAt, DateTimeOffset Until,
        string? DecidedBy, string? Condition, bool OwesCondition, Slot? Reserved, DateTimeOffset? DecideBy);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListFreezeExceptions, Page<Row>>
    {
        public async ValueTask<Page<Row>> Handle(ListFreezeExceptions query, CancellationToken cancellationToken)
        {
            var exceptions = db.FreezeExceptions.Where(exception => query.After == null || exception.Number.CompareTo(query.After) < 0);
            if (query.Status is { } status) exceptions = exceptions.Where(exception => exception.Status == status);
            if (query.Deployment is { Length: > 0 } number) exceptions = exceptions.Where(exception => db.Deployments.Any(deployment => deployment.Id == exception.DeploymentId && deployment.Number == number));
            return Page.Of(await RowsAsync(db, exceptions.OrderByDescending(exception => exception.Number).Take(Page.Size(query.Limit) + 1), cancellationToken), query.Limit, row => row.Number);
        }
    }

    internal static async Task<List<Row>> RowsAsync(DeployHubDb db, IQueryable<FreezeException> exceptions, CancellationToken cancellationToken)
    {
        var found = await (from exception in exceptions
                           join deployment in db.Deployments on exception.DeploymentId equals deployment.Id
                           join freeze in db.Freezes on exception.FreezeId equals freeze.Id
                           orderby exception.Number descending
                           select new { Exception = exception, deployment.Number, deployment.Title, Freeze = freeze.Number, freeze.Name }).AsNoTracking().ToListAsync(cancellationToken);
        return found.ConvertAll(row => new Row(
            row.Exception.Number, row.Exception.Status, row.Number, row.Title, row.Freeze, row.Name, row.Exception.Justification, row.Exception.RequestedBy.Name, row.Exception.RequestedAt,
            row.Exception.ExpiresAt ?? row.Exception.ProposedUntil, row.Exception.DecidedBy?.Name, row.Exception.Condition, row.Exception.OwesCondition,
            row.Exception.Reservation, row.Exception.Reservation is null ? null : row.Exception.DecideBy));
    }
}
