namespace DeployHub.Domain.Notifications;

/// <summary>From a time of day on somebody's clock to the moment, whatever the clocks do that night.</summary>
public static class LocalTimes
{
    /// <summary>The next moment after <paramref name="at"/> when the clock there shows this time. Where a day leaves it out, as much later; where a day has it twice, the first.</summary>
    public static DateTimeOffset Next(DateTimeOffset at, TimeOnly time, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(WallTime.In(at, zone));
        return Enumerable.Range(0, 3).Select(days => On(day.AddDays(days), time, zone)).First(moment => moment > at);
    }

    /// <summary>The moment of that day. A time that is left out moves with the clock; of two the first, or the last.</summary>
    public static DateTimeOffset On(DateOnly day, TimeOnly time, TimeZoneInfo zone, bool last = false) =>
        last ? WallTime.Last(day.ToDateTime(time), zone) : WallTime.First(day.ToDateTime(time), zone);
}
