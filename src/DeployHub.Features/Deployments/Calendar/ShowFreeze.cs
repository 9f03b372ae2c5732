using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>One freeze: where and when it holds, the next times, and the exceptions from it.</summary>
public sealed record ShowFreeze(string Number) : IQuery<Result<ShowFreeze.View>>
{
    private const int MostTimes = 8;
    private const int MostExceptions = 50;

    /// <param name="Times">The next times that are not over.</param>
    /// <param name="LiftedBy">Null while nobody lifted it.</param>
    /// <param name="Exceptions">The newest fifty.</param>
    /// <param name="RowVersion">For <c>If-Match</c>.</param>
    public sealed record View(
        ListFreezes.Row Freeze, IReadOnlyList<Domain.Deployments.Slot> Times, Actor? LiftedBy, DateTimeOffset? LiftedAt, string? LiftReason, IReadOnlyList<ListFreezeExceptions.Row> Exceptions, uint RowVersion);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowFreeze, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowFreeze query, CancellationToken cancellationToken)
        {
            var found = await db.Freezes.AsNoTracking().Where(freeze => freeze.Number == query.Number)
                .Select(freeze => new { Freeze = freeze, Version = EF.Property<uint>(freeze, "Version") }).SingleOrDefaultAsync(cancellationToken);
            if (found is null) return Error.NotFound("freeze", query.Number);

            var at = clock.GetUtcNow();
            var row = ListFreezes.RowOf(found.Freeze, at);
            var exceptions = await ListFreezeExceptions.RowsAsync(
                db, db.FreezeExceptions.Where(exception => exception.FreezeId == found.Freeze.Id).OrderByDescending(exception => exception.Number).Take(MostExceptions), cancellationToken);
            return new View(
                row, row.Next is null ? [] : [.. found.Freeze.When.Next(at, MostTimes).Select(time => new Domain.Deployments.Slot(time.Start, time.End))], found.Freeze.LiftedBy, found.Freeze.LiftedAt,
                found.Freeze.LiftReason, exceptions, found.Version);
        }
    }
}
