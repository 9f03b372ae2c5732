namespace DeployHub.Domain.Partners;

/// <summary>
/// What a clock on a wall says, as an instant (domain Appendix A): a time that does not exist in spring moves forward; of one that occurs twice in
/// autumn a start takes the first and an end the second.
/// </summary>
public static class WallTime
{
    /// <summary>Whether the text names a zone such as <c>Europe/Berlin</c> or <c>UTC</c>.</summary>
    public static bool IsZone(string? id) => id is { Length: > 0 and <= 64 } && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId;

    public static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);

    public static DateTimeOffset First(DateTime wall, string zone) => Instant(wall, Zone(zone), offsets => offsets.Max());

    public static DateTimeOffset Last(DateTime wall, string zone) => Instant(wall, Zone(zone), offsets => offsets.Min());

    public static DateTime In(DateTimeOffset at, string zone) => TimeZoneInfo.ConvertTime(at, Zone(zone)).DateTime;

    /// <summary>“Tue 13 Oct 2026 06:45”, as the zone's clocks say.</summary>
    public static string Said(DateTimeOffset at, string zone) => FormattableString.Invariant($"{In(at, zone):ddd d MMM yyyy HH:mm}");

    private static DateTimeOffset Instant(DateTime wall, TimeZoneInfo zone, Func<TimeSpan[], TimeSpan> choose)
    {
        var local = DateTime.SpecifyKind(wall, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local)) return new DateTimeOffset(local, zone.GetUtcOffset(local.AddHours(-3))).ToUniversalTime(); // as far behind the gap as it lies in it
        return new DateTimeOffset(local, zone.IsAmbiguousTime(local) ? choose(zone.GetAmbiguousTimeOffsets(local)) : zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
