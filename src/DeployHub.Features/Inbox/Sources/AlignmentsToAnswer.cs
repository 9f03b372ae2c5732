using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Partners;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inbox.Sources;

/// <summary>Plans that an organisation is asked about whose contact the reader is.</summary>
internal static class AlignmentsToAnswer
{
    public static async Task<IEnumerable<InboxItem>> OnAsync(Desk desk, CancellationToken cancellationToken)
    {
        var waiting = desk.Open.Where(found => found.Deployment.Status is DeploymentStatus.InReview or DeploymentStatus.Scheduled && !found.Deployment.Planners.Any(desk.Caller.Actor.Is))
            .Where(found => desk.May(Permission.AnswerAlignments, found))
            .SelectMany(found => found.Deployment.Alignments.Where(request => request is { IsCurrent: true, Answer: null }), (found, request) => (Found: found, Request: request)).ToList();
        if (waiting.Count == 0 || await desk.Db.AddressOfAsync(desk.Caller, cancellationToken) is not { } address) return [];

        var ids = waiting.ConvertAll(pair => pair.Request.OrganisationId);
        var organisations = await desk.Db.Organisations.AsNoTracking().Where(organisation => ids.Contains(organisation.Id)).ToListAsync(cancellationToken);
        var theirs = organisations.Where(organisation => organisation.IsAnsweredBy(address)).Select(organisation => organisation.Id).ToHashSet();
        return waiting.Where(pair => theirs.Contains(pair.Request.OrganisationId)).Select(pair => pair.Found.Item(
            InboxKind.Alignment, $"{pair.Request.AskedBy.Name} asks whether it suits {pair.Request.Name}.", pair.Request.Deadline, $"/deployments/{pair.Found.Deployment.Number}/alignment#alignment-{pair.Request.Number}"));
    }
}
