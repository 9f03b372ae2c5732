using System.Globalization;

namespace DeployHub.Domain.Deployments.Calendar;

/// <summary>Says a recurrence as people would, such as “Every Fri 15:00–Mon 07:00 Europe/Stockholm”.</summary>
public static class RecurrenceWords
{
    private static readonly string[] Days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    private static readonly string[] Names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    public static string InWords(this Recurrence recurrence)
    {
        if (recurrence.Rule is null) return $"{Date(recurrence.Start)} {Time(recurrence.Start)}–{(SameDay(recurrence) ? "" : $"{Date(End(recurrence))} ")}{Time(End(recurrence))} {recurrence.Zone}";

        return $"{WhenIn(recurrence)} {recurrence.Zone}{UntilWhen(recurrence)}{ExceptWhen(recurrence)}";
    }

    private static string WhenIn(Recurrence recurrence)
    {
        var known = recurrence.Part("BYSETPOS") is null && recurrence.Part("BYWEEKNO") is null && recurrence.Part("BYYEARDAY") is null;
        return recurrence.Part("FREQ") switch
        {
            "DAILY" when known && !Has(recurrence, "BYDAY", "BYMONTHDAY", "BYMONTH") => $"{Every(recurrence, "day")} {Hours(recurrence)}",
            "WEEKLY" when known && !Has(recurrence, "BYMONTHDAY", "BYMONTH") => Weekly(recurrence),
            "MONTHLY" when known && !Has(recurrence, "BYMONTH") && OnDays(recurrence) is { } on => $"{Every(recurrence, "month")} on {on} {Hours(recurrence)}",
            "YEARLY" when known && !Has(recurrence, "BYMONTH", "BYDAY", "BYMONTHDAY") => $"{Every(recurrence, "year")} on {recurrence.Start.ToString("d MMM", CultureInfo.InvariantCulture)} {Hours(recurrence)}",
            _ => $"By the rule {recurrence.Rule}, {Hours(recurrence)}",
        };
    }

    private static string Weekly(Recurrence recurrence)
    {
        var chosen = (recurrence.Part("BYDAY")?.Split(',') ?? [Days[Place(recurrence.Start)]]).Select(day => Array.IndexOf(Days, day)).Where(day => day >= 0).Order().ToList();
        if (chosen.Count == 7) return $"{Every(recurrence, recurrence.Part("INTERVAL") is null or "1" ? "day" : "week")} {Hours(recurrence)}";

        var every = Every(recurrence, "week") is "Every week" ? "Every" : $"{Every(recurrence, "week")} on";
        if (chosen is [var only] && recurrence.Duration >= TimeSpan.FromDays(1) && recurrence.Duration < TimeSpan.FromDays(7))
            return $"{every} {Names[only]} {Time(recurrence.Start)}–{Names[(only + DaysBetween(recurrence)) % 7]} {Time(End(recurrence))}";

        var inARow = chosen.Count > 2 && chosen[^1] - chosen[0] == chosen.Count - 1;
        return $"{every} {(inARow ? $"{Names[chosen[0]]}–{Names[chosen[^1]]}" : Words.List(chosen.Select(day => Names[day])))} {Hours(recurrence)}";
    }

    private static string? OnDays(Recurrence recurrence) => (recurrence.Part("BYMONTHDAY"), recurrence.Part("BYDAY")) switch
    {
        (null, null) => $"day {recurrence.Start.Day}",
        ({ } days, null) => Words.List(days.Split(',').Select(day => day == "-1" ? "the last day" : $"day {day}")),
        (null, { } days) when days.Split(',').All(day => day.Length > 2 && Which(day[..^2]) is not null) =>
            Words.List(days.Split(',').Select(day => $"the {Which(day[..^2])} {NameOf(day[^2..])}")),
        _ => null,
    };

    private static string? Which(string place) =>
        place switch { "1" or "+1" => "first", "2" => "second", "3" => "third", "4" => "fourth", "5" => "fifth", "-1" => "last", _ => null };

    private static string NameOf(string day) => Array.IndexOf(Days, day) is >= 0 and var place ? Names[place] : day;

    private static string Every(Recurrence recurrence, string what) => recurrence.Part("INTERVAL") is { } interval and not "1" ? $"Every {interval} {what}s" : $"Every {what}";

    private static string Hours(Recurrence recurrence) => recurrence.Duration switch
    {
        var whole when whole == TimeSpan.FromDays(1) && recurrence.Start.TimeOfDay == TimeSpan.Zero => "all day",
        { TotalDays: < 1 } => $"{Time(recurrence.Start)}–{Time(End(recurrence))}",
        var longer => $"from {Time(recurrence.Start)} for {Words.Of(longer)}",
    };

    private static string UntilWhen(Recurrence recurrence) => (recurrence.Part("UNTIL"), recurrence.Part("COUNT")) switch
    {
        ({ Length: >= 8 } until, _) when DateOnly.TryParseExact(until[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) =>
            $", until {Date(day.ToDateTime(default))}",
        (_, "1") => ", once",
        (_, { } count) => $", {count} times",
        _ => "",
    };

    private static string ExceptWhen(Recurrence recurrence) => recurrence.Except.Count switch
    {
        0 => "",
        <= 3 => $", not on {Words.List(recurrence.Except.Order().Select(day => Date(day.ToDateTime(default))))}",
        var many => $", not on {many} named days",
    };

    private static bool Has(Recurrence recurrence, params string[] parts) => parts.Any(part => recurrence.Part(part) is not null);

    private static bool SameDay(Recurrence recurrence) => DaysBetween(recurrence) == 0;

    private static int DaysBetween(Recurrence recurrence) => (End(recurrence).Date - recurrence.Start.Date).Days;

    private static DateTime End(Recurrence recurrence) => recurrence.Start + recurrence.Duration;

    private static int Place(DateTime day) => ((int)day.DayOfWeek + 6) % 7;

    private static string Time(DateTime at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Date(DateTime at) => at.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);
}
