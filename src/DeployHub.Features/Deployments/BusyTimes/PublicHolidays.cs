using System.Text.RegularExpressions;
using DeployHub.Domain;
using DeployHub.Domain.Deployments.BusyTimes;
using PublicHoliday;

namespace DeployHub.Features.Deployments.BusyTimes;

/// <summary>The public holidays of countries, and of regions where those differ, by their codes of ISO 3166: <c>SE</c>, <c>DE-BY</c>.</summary>
public static partial class PublicHolidays
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["AT"] = "Austria",
        ["AU"] = "Australia",
        ["BE"] = "Belgium",
        ["BR"] = "Brazil",
        ["CA"] = "Canada",
        ["CH"] = "Switzerland",
        ["CZ"] = "Czechia",
        ["DE"] = "Germany",
        ["DK"] = "Denmark",
        ["EE"] = "Estonia",
        ["ES"] = "Spain",
        ["FI"] = "Finland",
        ["FR"] = "France",
        ["GB"] = "United Kingdom",
        ["GR"] = "Greece",
        ["HR"] = "Croatia",
        ["HU"] = "Hungary",
        ["IE"] = "Ireland",
        ["IT"] = "Italy",
        ["JP"] = "Japan",
        ["KZ"] = "Kazakhstan",
        ["LT"] = "Lithuania",
        ["LU"] = "Luxembourg",
        ["LV"] = "Latvia",
        ["ME"] = "Montenegro",
        ["MX"] = "Mexico",
        ["NL"] = "Netherlands",
        ["NO"] = "Norway",
        ["NZ"] = "New Zealand",
        ["PL"] = "Poland",
        ["PT"] = "Portugal",
        ["RO"] = "Romania",
        ["RS"] = "Serbia",
        ["SE"] = "Sweden",
        ["SI"] = "Slovenia",
        ["SK"] = "Slovakia",
        ["TR"] = "Türkiye",
        ["US"] = "United States",
        ["ZA"] = "South Africa",
    };

    private static readonly Dictionary<string, UKBankHoliday.UkCountries> Nations = new(StringComparer.Ordinal)
    {
        ["ENG"] = UKBankHoliday.UkCountries.England,
        ["WLS"] = UKBankHoliday.UkCountries.Wales,
        ["SCT"] = UKBankHoliday.UkCountries.Scotland,
        ["NIR"] = UKBankHoliday.UkCountries.NorthernIreland,
    };

    /// <summary>Every code with the name of its country, by name.</summary>
    public static IReadOnlyList<(string Code, string Name)> All { get; } =
    [
        .. Names.Select(known => (Code: known.Key, Name: known.Value))
            .Concat(Regions<GermanPublicHoliday.States>("DE")).Concat(Regions<SwitzerlandPublicHoliday.Cantons>("CH")).Concat(Regions<AustraliaPublicHoliday.States>("AU"))
            .Concat(Nations.Keys.Select(nation => (Code: $"GB-{nation}", Name: $"{Names["GB"]}, {nation}")))
            .OrderBy(known => known.Name, StringComparer.Ordinal),
    ];

    public static bool Knows(string code) => All.Any(known => known.Code == code);

    /// <summary>As long before and after the moment as calendars of others are followed. A day that is made up for on another counts, and so does the other.</summary>
    /// <param name="zone">IANA zone in which a day begins and ends.</param>
    public static IReadOnlyList<BusyPeriod> Of(string code, string zone, DateTimeOffset at)
    {
        var (from, to) = (at - BusyCalendar.Back, at + BusyCalendar.Ahead);
        var calendar = CalendarOf(code);
        return
        [
            .. Enumerable.Range(from.Year, to.Year - from.Year + 1)
                .SelectMany(calendar.PublicHolidaysInformation)
                .SelectMany(holiday => new[] { holiday.HolidayDate, holiday.ObservedDate }.Distinct(), (holiday, day) => (Day: day.Date, Name: holiday.EnglishName ?? holiday.Name))
                .DistinctBy(holiday => holiday.Day)
                .Select(holiday => new BusyPeriod(WallTime.First(holiday.Day, zone), WallTime.Last(holiday.Day.AddDays(1), zone), holiday.Name))
                .Where(period => period.End > from && period.Start < to)
                .OrderBy(period => period.Start),
        ];
    }

    private static IPublicHolidays CalendarOf(string code) => Parts().Match(code) switch
    {
        { Groups: [_, { Value: "DE" }, { Success: true, Value: var state }] } => new GermanPublicHoliday { State = Enum.Parse<GermanPublicHoliday.States>(state) },
        { Groups: [_, { Value: "CH" }, { Success: true, Value: var canton }] } => new SwitzerlandPublicHoliday { Canton = Enum.Parse<SwitzerlandPublicHoliday.Cantons>(canton) },
        { Groups: [_, { Value: "AU" }, { Success: true, Value: var state }] } => new AustraliaPublicHoliday { State = Enum.Parse<AustraliaPublicHoliday.States>(state) },
        { Groups: [_, { Value: "GB" }, { Success: true, Value: var nation }] } => new UKBankHoliday(Nations[nation]),
        _ => PublicHolidayFactory.GetPublicHolidayForCountry(code),
    };

    /// <summary>Those that the library names by their own two or three letters; the rest says “all of them”.</summary>
    private static IEnumerable<(string Code, string Name)> Regions<TRegion>(string country) where TRegion : struct, Enum =>
        Enum.GetNames<TRegion>().Where(name => name.Length <= 3 && name.All(char.IsAsciiLetterUpper) && name is not "ALL").Select(name => ($"{country}-{name}", $"{Names[country]}, {name}"));

    [GeneratedRegex("^([A-Z]{2})(?:-([A-Z]{2,3}))?$")]
    private static partial Regex Parts();
}
