using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using WrittenCalendar = Ical.Net.Calendar;

namespace DeployHub.Features.Deployments.Feeds;

/// <summary>Writes a feed as RFC 5545 has it. The same entries give the same bytes, so that a reader who has them is told so.</summary>
public static class FeedText
{
    public const string MediaType = "text/calendar";

    private const string Product = "-//DeployHub//Calendar//EN";

    /// <param name="name">Shown by calendar programs.</param>
    /// <param name="site">Where pages lie, such as <c>https://hub.example.org</c>; null leaves links out.</param>
    /// <param name="method">For a file that is sent: <c>PUBLISH</c> or <c>CANCEL</c>; null for what is subscribed to.</param>
    public static string Write(string name, IEnumerable<FeedEntry> entries, Uri? site, string? method = null)
    {
        var calendar = new WrittenCalendar { ProductId = Product, Method = method };
        calendar.AddProperty("X-WR-CALNAME", name);
        calendar.AddProperty("X-PUBLISHED-TTL", "PT15M");
        foreach (var entry in entries) calendar.Events.Add(Of(entry, site));
        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    private static CalendarEvent Of(FeedEntry entry, Uri? site)
    {
        var written = new CalendarEvent
        {
            Uid = entry.Uid,
            Sequence = entry.Sequence,
            Start = At(entry.Start),
            End = At(entry.End),
            Summary = entry.Summary,
            Description = entry.Description.ReplaceLineEndings("\n"),
            Status = entry.Status.ToString().ToUpperInvariant(),
            Transparency = entry.IsTransparent ? "TRANSPARENT" : "OPAQUE",
            DtStamp = At(entry.ChangedAt), // without a METHOD, when the information was last revised
            LastModified = At(entry.ChangedAt),
        };
        written.Categories.Add(entry.Category);
        if (site is not null && entry.Path is { } path) written.Url = new Uri(site, path);
        return written;
    }

    private static CalDateTime At(DateTimeOffset at) => new(at.UtcDateTime);
}
