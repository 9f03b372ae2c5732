using DeployHub.Domain;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>The part of a run's checklist that a supplier's link opens.</summary>
public sealed record ShowTasksByLink(string Token) : IQuery<Result<ShowTasksByLink.View>>
{
    public sealed record View(string Name, string Organisation, DateTimeOffset ExpiresAt, ShowTasks.View Tasks);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowTasksByLink, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowTasksByLink query, CancellationToken cancellationToken)
        {
            var digest = Digest.OfText(query.Token);
            var link = await db.SupplierLinks.AsNoTracking().SingleOrDefaultAsync(known => known.TokenDigest == digest, cancellationToken);
            if (link?.IsValid(clock.GetUtcNow()) is not true) return RunErrors.LinkInvalid;

            var run = await db.Runs.AsNoTracking().Include(known => known.TargetRuns).SingleAsync(known => known.Id == link.RunId, cancellationToken);
            return new View(link.Name, link.Organisation, link.ExpiresAt, await db.TasksOfAsync(run, link.Opens, [], cancellationToken));
        }
    }
}
