namespace DeployHub.Domain;

/// <summary>
/// What a clock on a wall says, as an instant (domain Appendix A): a time that does not exist in spring moves forward; of one that occurs twice in
/// autumn a start takes the first and an end the second.
/// </summary>
public static class WallTime
{
    /// <summary>Whether the text names a zone such as <c>Europe/Berlin</c> or <c>UTC</c>.</summary>
    public static bool IsZone(string? id) => id is { Length: > 0 and <= 64 } && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId;

    public static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);

    public static DateTimeOffset First(DateTime wall, string zone) => First(wall, Zone(zone));

    public static DateTimeOffset First(DateTime wall, TimeZoneInfo zone) => Instant(wall, zone, offsets => offsets.Max());

    public static DateTimeOffset Last(DateTime wall, string zone) => Last(wall, Zone(zone));

    public static DateTimeOffset Last(DateTime wall, TimeZoneInfo zone) => Instant(wall, zone, offsets => offsets.Min());

    public static DateTime In(DateTimeOffset at, string zone) => In(at, Zone(zone));

    public static DateTime In(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).DateTime;

    /// <summary>“Tue 13 Oct 2026 06:45”, as the zone's clocks say.</summary>
    public static string Said(DateTimeOffset at, string zone) => FormattableString.Invariant($"{In(at, zone):ddd d MMM yyyy HH:mm}");

    private static DateTimeOffset Instant(DateTime wall, TimeZoneInfo zone, Func<TimeSpan[], TimeSpan> choose)
    {
        var local = DateTime.SpecifyKind(wall, DateTimeKind.Unspecified);
        return new DateTimeOffset(local, zone.IsAmbiguousTime(local) ? choose(zone.GetAmbiguousTimeOffsets(local)) : OffsetAt(local, zone)).ToUniversalTime();
    }

    /// <summary>That of the clock before the gap for a time that lies in one, so that it comes out as far behind the gap as it lies in it.</summary>
    private static TimeSpan OffsetAt(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(-30); // no gap is shorter
        return zone.GetUtcOffset(local);
    }
}
