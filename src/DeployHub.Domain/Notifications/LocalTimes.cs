namespace DeployHub.Domain.Notifications;

/// <summary>From the clock on somebody's wall to the moment, whatever the clocks do that night.</summary>
public static class LocalTimes
{
    /// <summary>The next moment after <paramref name="at"/> when the clock there shows this time. Where a day leaves it out, as much later; where a day has it twice, the first.</summary>
    public static DateTimeOffset Next(DateTimeOffset at, TimeOnly time, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
        return Enumerable.Range(0, 3).Select(days => On(day.AddDays(days), time, zone)).First(moment => moment > at);
    }

    /// <summary>The moment of that day. A time that is left out moves with the clock; of two the first, or the last.</summary>
    public static DateTimeOffset On(DateOnly day, TimeOnly time, TimeZoneInfo zone, bool last = false)
    {
        var local = day.ToDateTime(time, DateTimeKind.Unspecified);
        var offset = zone.IsAmbiguousTime(local) && !last ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
