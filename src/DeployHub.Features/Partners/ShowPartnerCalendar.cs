using DeployHub.Domain;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Feeds;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Partners;

/// <summary>What a partner's link shows, as a calendar file (RFC 5545) that calendars may subscribe to.</summary>
public sealed record ShowPartnerCalendar(string Token) : IQuery<Result<string>>
{
    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowPartnerCalendar, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(ShowPartnerCalendar query, CancellationToken cancellationToken)
        {
            var at = clock.GetUtcNow();
            var opened = await db.OpenPartnerLinkAsync(query.Token, at, cancellationToken);
            if (opened.Error is { } closed) return closed;

            var concerning = (await db.ConcerningAsync(opened.Value.Organisation, at, cancellationToken)).Where(found => found.Deployment.Slot is not null).ToList();
            var ids = concerning.ConvertAll(found => found.Deployment.Id);
            var changed = await db.DeploymentEvents.Where(happened => ids.Contains(happened.DeploymentId)).GroupBy(happened => happened.DeploymentId)
                .Select(events => new { events.Key, At = events.Max(happened => happened.At) }).ToDictionaryAsync(last => last.Key, last => last.At, cancellationToken);
            return FeedText.Write(
                $"Deployments that concern {opened.Value.Organisation.Name}",
                concerning.OrderBy(found => found.Deployment.Slot!.Start).Select(found => found.ToEntry(changed.GetValueOrDefault(found.Deployment.Id, found.Deployment.CreatedAt))), null);
        }
    }
}
