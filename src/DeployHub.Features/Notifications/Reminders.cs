using System.Globalization;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Communicating;
using DeployHub.Domain.Models.Improving;
using DeployHub.Domain.Models.Reviewing;
using DeployHub.Domain.Notifications;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Communicating;
using DeployHub.Features.Partners;
using DeployHub.Features.ValueStream.Incidents;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Notifications;

/// <summary>What becomes due or overdue because time passes, and nobody does anything.</summary>
public static class Reminders
{
    private const int Most = 100;

    /// <summary>What there is to be reminded of, each by itself: where one cannot be done, the others are.</summary>
    public static IReadOnlyList<Part> Parts { get; } =
    [
        new("reviews", RemindOfReviewsAsync), new("improvements", RemindOfImprovementsAsync), new("acknowledgements", AskAgainToAcknowledgeAsync), new("acknowledgements that are late", PassDeadlinesAsync),
        new("answers of partners", PartnerReminders.RemindPartnersAsync), new("starts", PartnerReminders.TellOfStartsAsync),
        new("incidents that nobody has decided about", IncidentReminders.RemindOfIncidentsAsync),
    ];

    /// <summary>Of two workers one does it. The caller commits.</summary>
    public static async Task RemindAsync(this DeployHubDb db, Part part, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if ((await db.Database.SqlQuery<bool>($"select pg_try_advisory_xact_lock(hashtext('deployhub reminders')) as \"Value\"").ToListAsync(cancellationToken))[0]) await part.RemindAsync(db, at, cancellationToken);
    }

    /// <param name="Of">What people are reminded of.</param>
    public sealed record Part(string Of, Func<DeployHubDb, DateTimeOffset, CancellationToken, Task> RemindAsync);

    private static async Task RemindOfReviewsAsync(this DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(at.UtcDateTime);
        var overdue = await db.Reviews.AsNoTracking().Where(review => review.Status != ReviewStatus.Closed && review.DueOn < today)
            .Where(review => !db.Happenings.Any(told => told.Once == "review.overdue " + review.Number))
            .OrderBy(review => review.Number).Take(Most).ToListAsync(cancellationToken);
        db.Happenings.AddRange(overdue.Select(review => Happening.Of(
            EventTypes.ReviewOverdue, review.Number, string.Create(CultureInfo.InvariantCulture, $"This review was due by {review.DueOn:d MMMM yyyy} and is not closed: {review.Occasion}"),
            $"/reviews/{review.Number}", Actor.System, at, data: new Dictionary<string, object?> { ["review"] = review.Number }, model: review.ModelId, once: $"review.overdue {review.Number}")));
    }

    private static async Task RemindOfImprovementsAsync(this DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var since = at - Improvement.DecidedWithin;
        var owed = await db.Improvements.AsNoTracking().Where(improvement => (improvement.Status == ImprovementStatus.Proposed || improvement.Status == ImprovementStatus.Assessed)
            && improvement.ProposedAt < since && !db.Happenings.Any(told => told.Once == "improvement.overdue " + improvement.Number))
            .OrderBy(improvement => improvement.Number).Take(Most).ToListAsync(cancellationToken);
        db.Happenings.AddRange(owed.Select(improvement => Happening.Of(
            EventTypes.ImprovementOverdue, improvement.Number,
            $"“{improvement.Title}” has waited for a decision for more than {(int)Improvement.DecidedWithin.TotalDays} days; {improvement.ProposedBy.Name} proposed it.",
            $"/improvements/{improvement.Number}", Actor.System, at, data: new Dictionary<string, object?> { ["improvement"] = improvement.Number }, model: improvement.ModelId,
            once: $"improvement.overdue {improvement.Number}")));
    }

    private static async Task AskAgainToAcknowledgeAsync(this DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var soon = DateOnly.FromDateTime(at.UtcDateTime).AddDays(PublicationReader.DaysToRemind);
        var since = at.AddDays(-1); // who heard of it today needs no reminder yet
        var missing = await db.PublicationReaders.Where(reader => reader.Status == AcknowledgementStatus.Due && reader.DueOn <= soon && reader.RemindedAt == null && reader.ToldAt < since)
            .OrderBy(reader => reader.DueOn).Take(Most).ToListAsync(cancellationToken);
        foreach (var reader in missing) reader.Remind(at);
        await db.AskAsync(missing, reader => $"Please acknowledge it by {reader.DueOn:yyyy-MM-dd}: you have not yet.", at, cancellationToken);
    }

    private static async Task PassDeadlinesAsync(this DeployHubDb db, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(at.UtcDateTime);
        var late = await db.PublicationReaders.Where(reader => reader.Status == AcknowledgementStatus.Due && reader.DueOn < today)
            .OrderBy(reader => reader.DueOn).Take(Most).ToListAsync(cancellationToken);
        await db.AskAsync([.. late.Where(reader => reader.PassDeadline())], reader => $"Your acknowledgement was due by {reader.DueOn:yyyy-MM-dd} and is missing.", at, cancellationToken);
    }

    /// <summary>One happening for each version, which names its readers.</summary>
    private static async Task AskAsync(this DeployHubDb db, List<PublicationReader> readers, Func<PublicationReader, string> sentence, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var asked in readers.GroupBy(reader => (reader.VersionId, reader.DueOn)))
        {
            var version = await db.ModelVersions.AsNoTracking().SingleAsync(known => known.Id == asked.Key.VersionId, cancellationToken);
            var model = await db.Models.AsNoTracking().SingleAsync(known => known.Id == version.ModelId, cancellationToken);
            db.Happenings.Add(Communication.AskToAcknowledge(
                model, version, $"v{version.Number} of {model.Name}. {sentence(asked.First())}", asked.Select(reader => reader.Person.ToString()), Actor.System, at));
        }
    }
}
