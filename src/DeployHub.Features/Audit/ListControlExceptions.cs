using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Audit;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Audit;

/// <summary>Controls that did not hold, the newest first, a page at a time. DeployHub finds them by itself; nobody types one, and none goes away.</summary>
/// <param name="Check">The only control wanted, such as <c>CC-5</c>.</param>
/// <param name="From">Only those since this day, UTC.</param>
/// <param name="Until">Only those since this day at the latest, UTC.</param>
/// <param name="Open">True for those that nothing has mended yet.</param>
/// <param name="After">The last number of the page before; null for the first page.</param>
/// <param name="Limit">Rows a page, 1 to 200; 50 unless told.</param>
public sealed record ListControlExceptions(string? Check = null, DateOnly? From = null, DateOnly? Until = null, bool Open = false, string? After = null, int? Limit = null)
    : IQuery<Result<Page<ListControlExceptions.Row>>>
{
    /// <param name="Deployment">Number of the one that it is about; null for a control over all of them.</param>
    /// <param name="Title">Of the deployment.</param>
    /// <param name="Sentence">What did not hold.</param>
    /// <param name="Since">From when on.</param>
    /// <param name="MendedAt">Null while it is open.</param>
    /// <param name="Mending">What mended it.</param>
    public sealed record Row(
        string Number, string Check, string? Deployment, string? Title, string Sentence, DateTimeOffset Since, DateTimeOffset RaisedAt, DateTimeOffset? MendedAt, string? Mending);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<ListControlExceptions, Result<Page<Row>>>
    {
        private static readonly Error Backwards = Error.Invalid("control-exceptions.period", "Until", "The last day comes after the first one.");

        public async ValueTask<Result<Page<Row>>> Handle(ListControlExceptions query, CancellationToken cancellationToken)
        {
            if (caller.RefusalOf(Permission.ViewControls) is { } refusal) return refusal;
            if (query.Until < query.From) return Backwards;

            var exceptions = db.ControlExceptions.AsNoTracking().Within(query.From, query.Until);
            if (query.Check is { Length: > 0 } wanted)
            {
                var check = ControlChecks.Read(wanted);
                if (check.Error is { } unknown) return unknown;
                exceptions = exceptions.Where(exception => exception.Check == check.Value);
            }

            if (query.Open) exceptions = exceptions.Where(exception => exception.MendedAt == null);
            if (query.After is { } after) exceptions = exceptions.Where(exception => exception.Number.CompareTo(after) < 0);
            return Page.Of(await RowsAsync(db, exceptions.OrderByDescending(exception => exception.Number).Take(Page.Size(query.Limit) + 1), cancellationToken), query.Limit, row => row.Number);
        }
    }

    internal static async Task<List<Row>> RowsAsync(DeployHubDb db, IQueryable<ControlException> exceptions, CancellationToken cancellationToken)
    {
        var found = await exceptions.Select(exception => new
        {
            Exception = exception,
            Deployment = db.Deployments.Where(deployment => deployment.Id == exception.DeploymentId).Select(deployment => new { deployment.Number, deployment.Title }).FirstOrDefault(),
        }).ToListAsync(cancellationToken);
        return found.ConvertAll(row => new Row(
            row.Exception.Number, row.Exception.Check.Id(), row.Deployment?.Number, row.Deployment?.Title, row.Exception.Sentence, row.Exception.Since, row.Exception.RaisedAt, row.Exception.MendedAt,
            row.Exception.Mending));
    }
}

internal static class ControlExceptionPeriods
{
    /// <summary>Those that began within the days, UTC; null leaves a side open.</summary>
    public static IQueryable<ControlException> Within(this IQueryable<ControlException> exceptions, DateOnly? from, DateOnly? until)
    {
        if (from is { } first)
        {
            var begin = new DateTimeOffset(first, TimeOnly.MinValue, TimeSpan.Zero);
            exceptions = exceptions.Where(exception => exception.Since >= begin);
        }

        if (until is not { } last || last == DateOnly.MaxValue) return exceptions;

        var end = new DateTimeOffset(last.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        return exceptions.Where(exception => exception.Since < end);
    }
}
