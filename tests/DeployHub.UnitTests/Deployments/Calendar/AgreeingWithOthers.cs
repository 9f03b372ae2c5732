using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Deployments.Calendar;

namespace DeployHub.UnitTests.Deployments.Calendar;

/// <summary>What other evaluators answer, answers this one: the recurrences of libical and the sync windows of Argo CD.</summary>
public sealed class AgreeingWithOthers
{
    /// <summary>
    /// Ical.Net itself answers these two otherwise. Neither can be written in a window: the time of day is said by its start, so BYHOUR, BYMINUTE and
    /// BYSECOND are refused.
    /// </summary>
    private static readonly string[] Otherwise =
    [
        "FREQ=DAILY;BYMINUTE=1,2,3,4;INTERVAL=2;COUNT=3", // of a start that is a day: evaluated as a time
        "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16,9;BYMINUTE=0,20,40,0;COUNT=2", // a value that is named twice happens twice
    ];

    private static readonly string[] Days = ["2026-01-15", "2026-07-15"];

    public static IEnumerable<TheoryDataRow<int>> Recurrences => Numbers("libical-rrule/cases.json", "cases");

    public static IEnumerable<TheoryDataRow<int>> Active => Numbers("argocd-sync-windows/vectors.json", "active");

    public static IEnumerable<TheoryDataRow<int>> Inactive => Numbers("argocd-sync-windows/vectors.json", "inactive_allows");

    public static IEnumerable<TheoryDataRow<int>> Single => Numbers("argocd-sync-windows/vectors.json", "single_window_active");

    [Theory]
    [MemberData(nameof(Recurrences))]
    public void Recurs_as_libical_does(int number)
    {
        var known = Read("libical-rrule/cases.json", "cases", number);
        var (name, rule) = (Text(known, "description"), Text(known, "RRULE"));
        var expected = Text(known, "INSTANCES").Split(',').Select(Wall).ToList();

        var starts = new Recurrence(Wall(Text(known, "DTSTART")), TimeSpan.FromSeconds(1), "UTC", rule).Between(new Occurrence(Utc(Wall(Text(known, "DTSTART"))), Utc(expected[^1]).AddSeconds(1)));

        var agrees = starts.Select(time => time.Start).SequenceEqual(expected.Select(Utc));
        agrees.ShouldBe(!Otherwise.Contains(rule), $"{name}: {rule} gave {string.Join(", ", starts.Take(12).Select(time => $"{time.Start:yyyyMMdd'T'HHmmss}"))}");
    }

    [Theory]
    [MemberData(nameof(Active))]
    public void Windows_are_active_as_those_of_Argo_CD(int number)
    {
        var known = Read("argocd-sync-windows/vectors.json", "active", number);
        var windows = known.GetProperty("windows").EnumerateArray().ToList();
        var expected = known.GetProperty("expected_window_indexes").EnumerateArray().Select(index => index.GetInt32());
        foreach (var at in Moments(Text(known, "at")))
            Enumerable.Range(0, windows.Count).Where(index => IsActive(windows[index], at)).ShouldBe(expected, $"{Text(known, "name")} at {at:u}");
    }

    [Theory]
    [MemberData(nameof(Inactive))]
    public void Windows_that_would_allow_are_closed_as_those_of_Argo_CD(int number)
    {
        var known = Read("argocd-sync-windows/vectors.json", "inactive_allows", number);
        var windows = known.GetProperty("windows").EnumerateArray().ToList();
        var expected = known.GetProperty("expected_window_indexes").EnumerateArray().Select(index => index.GetInt32());
        foreach (var at in Moments(Text(known, "at")))
            Enumerable.Range(0, windows.Count).Where(index => Text(windows[index], "kind") == "allow" && !IsActive(windows[index], at)).ShouldBe(expected, $"{Text(known, "name")} at {at:u}");
    }

    [Theory]
    [MemberData(nameof(Single))]
    public void One_window_is_active_as_that_of_Argo_CD(int number)
    {
        var known = Read("argocd-sync-windows/vectors.json", "single_window_active", number);
        foreach (var at in Moments(Text(known, "at"))) IsActive(known, at).ShouldBe(known.GetProperty("active").GetBoolean(), $"{Text(known, "schedule")} at {at:u}");
    }

    /// <summary>“* 10 * * *” for two hours starts in each minute of an hour: together they are open from 10:00 until two hours after 10:59.</summary>
    private static bool IsActive(JsonElement window, DateTimeOffset at)
    {
        var hour = int.Parse(Text(window, "schedule").Split(' ')[1], CultureInfo.InvariantCulture);
        var length = TimeSpan.FromMinutes(59) + TimeSpan.FromHours(int.Parse(Text(window, "duration").TrimEnd('h'), CultureInfo.InvariantCulture));
        var zone = window.TryGetProperty("timeZone", out var named) && named.GetString() is { Length: > 0 } given ? given : "UTC";
        return new Recurrence(new DateTime(2026, 1, 1, hour, 0, 0), length, zone, "FREQ=DAILY").Between(new Occurrence(at, at.AddTicks(1))).Count > 0;
    }

    /// <summary>In winter and in summer.</summary>
    private static IEnumerable<DateTimeOffset> Moments(string time) => Days.Select(day => DateTimeOffset.Parse($"{day}T{time}", CultureInfo.InvariantCulture));

    private static IEnumerable<TheoryDataRow<int>> Numbers(string file, string list)
    {
        if (!File.Exists(Place(file))) return [new TheoryDataRow<int>(0) { Skip = $"The cases are not on this machine: ../shared/data/{file}." }];

        using var document = JsonDocument.Parse(File.ReadAllText(Place(file)));
        return [.. Enumerable.Range(0, document.RootElement.GetProperty(list).GetArrayLength()).Select(number => new TheoryDataRow<int>(number))];
    }

    private static JsonElement Read(string file, string list, int number)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Place(file)));
        return document.RootElement.GetProperty(list)[number].Clone();
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static DateTime Wall(string text) => DateTime.ParseExact(text.TrimEnd('Z'), ["yyyyMMdd'T'HHmmss", "yyyyMMdd"], CultureInfo.InvariantCulture, DateTimeStyles.None);

    private static DateTimeOffset Utc(DateTime wall) => new(wall, TimeSpan.Zero);

    private static string Place(string file, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../../../../shared/data", file);
}
