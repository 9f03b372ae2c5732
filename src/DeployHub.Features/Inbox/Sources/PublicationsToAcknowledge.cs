using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Notifications;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inbox.Sources;

/// <summary>Published versions of models that the caller is asked to acknowledge.</summary>
internal static class PublicationsToAcknowledge
{
    public static async Task<IEnumerable<InboxItem>> OnAsync(Desk desk, CancellationToken cancellationToken)
    {
        if (desk.Caller.PersonId() is not { } person || !desk.Caller.May(Permission.AcknowledgeVersions)) return [];

        var asked = await (from reader in desk.Db.PublicationReaders
                           where reader.Person == person && (reader.Status == AcknowledgementStatus.Due || reader.Status == AcknowledgementStatus.Overdue)
                           join version in desk.Db.ModelVersions on reader.VersionId equals version.Id
                           join model in desk.Db.Models on version.ModelId equals model.Id
                           orderby reader.DueOn
                           select new { model.Slug, model.Name, version.Number, DueOn = reader.DueOn!.Value }).Take(Desk.Most).ToListAsync(cancellationToken);
        return asked.Select(version => new InboxItem(
            InboxKind.Publication, $"{version.Slug} v{version.Number}", version.Name, $"Acknowledge v{version.Number}: say that you know of it.",
            new DateTimeOffset(version.DueOn.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero), $"/models/{version.Slug}/versions/{version.Number}#readers"));
    }
}
