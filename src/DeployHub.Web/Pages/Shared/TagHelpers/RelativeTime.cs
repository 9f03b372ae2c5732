using System.Globalization;

namespace DeployHub.Web.Pages.Shared.TagHelpers;

/// <summary>Times and spans as people say them. <c>hub.js</c> says the same words again while a page stays open.</summary>
internal static class RelativeTime
{
    /// <summary>“3 min ago”, “in 2 h”, “12 Nov”, “12 Nov 2025”.</summary>
    public static string Words(DateTimeOffset at, DateTimeOffset now)
    {
        var distance = (now - at).Duration();
        if (distance < TimeSpan.FromSeconds(45)) return at <= now ? "just now" : "in a moment";
        if (distance >= TimeSpan.FromDays(14)) return Date(at, now);

        var amount = distance < TimeSpan.FromMinutes(59.5) ? $"{Math.Max(1, Math.Round(distance.TotalMinutes))} min"
            : distance < TimeSpan.FromHours(23.5) ? $"{Math.Round(distance.TotalHours)} h"
            : $"{Math.Round(distance.TotalDays)} d";
        return at <= now ? $"{amount} ago" : $"in {amount}";
    }

    /// <summary>“850 ms”, “12 s”, “3 min 5 s”, “2 h 10 min”, “4 d 3 h”: two units at most.</summary>
    public static string Words(TimeSpan span) => Domain.Words.Of(span);

    /// <summary>“Mon 23 Nov 2026 14:17:09” in the given zone.</summary>
    public static string Absolute(DateTimeOffset at, TimeZoneInfo zone) =>
        $"{TimeZoneInfo.ConvertTime(at, zone).ToString("ddd d MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} {zone.Id}";

    /// <summary>“Sat 2026-12-05 08:00 UTC”: what people plan by.</summary>
    public static string Dated(DateTimeOffset at) => at.UtcDateTime.ToString("ddd yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>“Sat 2026-12-05 08:00 to 09:00 UTC”; with the other date where it ends on another day.</summary>
    public static string Dated(DateTimeOffset start, DateTimeOffset end) =>
        $"{start.UtcDateTime.ToString("ddd yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} to "
        + (start.UtcDateTime.Date == end.UtcDateTime.Date ? end.UtcDateTime.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture) : Dated(end));

    private static string Date(DateTimeOffset at, DateTimeOffset now) =>
        at.UtcDateTime.ToString(at.Year == now.Year ? "d MMM" : "d MMM yyyy", CultureInfo.InvariantCulture);
}
