using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Data;
using Mediator;

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

            var calendar = new CalendarText($"Deployments that concern {opened.Value.Organisation.Name}");
            var concerning = await db.ConcerningAsync(opened.Value.Organisation, at, cancellationToken);
            foreach (var found in concerning.Where(found => found.Deployment.Slot is not null).OrderBy(found => found.Deployment.Slot!.Start))
                calendar.Add(EventOf(found, at));
            return calendar.ToString();
        }

        private static CalendarText.Entry EventOf(ConcerningDeployment found, DateTimeOffset at)
        {
            var deployment = found.Deployment;
            return new CalendarText.Entry(
                $"{deployment.Number}@deployhub", deployment.EventCount, $"{found.Service} in {found.Environment}: {deployment.Number}", $"{found.WordOutside}. {found.ChangesInWords}",
                deployment.Slot!.Start, deployment.Slot.End, at,
                deployment.Status switch { DeploymentStatus.Cancelled => "CANCELLED", DeploymentStatus.InReview => "TENTATIVE", _ => "CONFIRMED" });
        }
    }
}
