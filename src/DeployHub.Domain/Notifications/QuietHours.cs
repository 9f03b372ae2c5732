namespace DeployHub.Domain.Notifications;

/// <summary>From when until when, by their own clock, somebody wants to hear nothing that can wait; over midnight where it begins later than it ends.</summary>
public sealed record QuietHours(TimeOnly From, TimeOnly Until)
{
    /// <summary>When it is over, if it is quiet now; null when it is not.</summary>
    public DateTimeOffset? EndOf(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        var (day, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        if (!time.IsBetween(From, Until)) return null; // which knows of midnight

        var end = LocalTimes.On(From > Until && time >= From ? day.AddDays(1) : day, Until, zone, last: true);
        return end > at ? end : null;
    }
}
