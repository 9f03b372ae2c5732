using System.Globalization;
using System.Text.RegularExpressions;
using DeployHub.Domain.Inventory.Dependencies;
using DeployHub.Domain.Models;

namespace DeployHub.Domain.Inventory.Manifests;

/// <summary>What one expectation came to.</summary>
/// <param name="Seen">What the manifest says.</param>
/// <param name="Objection">What is wrong and what would satisfy it, as a sentence; null when nothing is.</param>
public sealed record ManifestVerdict(ManifestExpectation Expectation, string Seen, string? Objection);

/// <summary>Judges a content manifest by what a model expects of it (domain Appendix F). Days are those of UTC.</summary>
/// <param name="version">What the manifest belongs to, for sentences.</param>
public sealed class ManifestJudgement(string version, IReadOnlyDictionary<string, string> manifest, DateTimeOffset now)
{
    private const string Day = "yyyy-MM-dd";

    public IReadOnlyList<ManifestVerdict> Judge(IEnumerable<ManifestExpectation> expectations) => [.. expectations.Select(Judge)];

    private ManifestVerdict Judge(ManifestExpectation expectation)
    {
        if (ValueOf(expectation.Entry) is not { } value) return Objection(expectation, "nothing", $"is not in the manifest and {expectation.Demand}: register a version that says it");
        if (expectation.ValueOf is { } other && ValueOf(other) is null) return Objection(expectation, value, $"{expectation.Demand}, and “{other}” is not in the manifest: register a version that says it");

        var with = expectation.ValueOf is { } named ? ValueOf(named)! : expectation.Value ?? "";
        var wrong = expectation.Is switch
        {
            ManifestRule.Equal => value == with ? null : expectation.ValueOf is { } same ? $"is {Shown(value)} where “{same}” is {Shown(with)}: register a version in which they agree" : $"is {Shown(value)}, and {expectation.Demand}: register a version that is so",
            ManifestRule.OneOf => Options(with).Contains(value) ? null : $"is {Shown(value)}, and has to be {string.Join(" or ", Options(with))}: register a version that is so",
            ManifestRule.Matches => Matched(value, with),
            ManifestRule.AtLeast or ManifestRule.AtMost => Compared(expectation, value, with),
            ManifestRule.Within => WithinRange(value, with),
            ManifestRule.Items => Listed(expectation, value, with),
            ManifestRule.Reached => Reached(value),
            _ => Expired(value, with),
        };
        return wrong is null ? new ManifestVerdict(expectation, expectation.Is is ManifestRule.Items ? ItemList.InWords(with, value) : value, null) : Objection(expectation, value, wrong);
    }

    private static string? Matched(string value, string with)
    {
        try
        {
            return Regex.IsMatch(value, $@"\A(?:{with})\z", RegexOptions.NonBacktracking) ? null : $"is {Shown(value)}, and has to match {with}: register a version that is written so";
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException or RegexMatchTimeoutException)
        {
            return $"is compared with {Shown(with)}, which is no pattern: correct the model or the manifest";
        }
    }

    private static string? Compared(ManifestExpectation expectation, string value, string with)
    {
        if (Number(value) is not { } number) return $"is {Shown(value)}, which is no number: register a version that says one, such as 60";
        if (Number(with) is not { } limit) return $"is compared with {Shown(with)}, which is no number: correct the model or the manifest";
        var (isEnough, demand) = expectation.Is is ManifestRule.AtLeast ? (number >= limit, "at least") : (number <= limit, "at most");
        return isEnough ? null : $"is {value}, and has to be {demand} {with}: register a version that has {(expectation.Is is ManifestRule.AtLeast ? "as much" : "no more")}";
    }

    private static string? WithinRange(string value, string with) => VersionRange.Parse(with) is not { Error: null } range ? $"is compared with {Shown(with)}, which says no versions. {VersionRange.Rule.TrimEnd('.')}"
        : range.Value.Contains(value) ? null
        : $"is {Shown(value)}, and has to be a version within {with}: register a version that is so";

    private static string? Listed(ManifestExpectation expectation, string value, string with)
    {
        var mayMiss = Share.Parse(expectation.MayMiss ?? "0");
        if (mayMiss.Error is not null) return $"may miss {Shown(expectation.MayMiss!)}, which is neither a count nor a share: correct the model";
        return ItemList.DifferenceOf(with, value, mayMiss.Value) is { } difference ? $"differs from {(expectation.ValueOf is { } other ? $"“{other}”" : "what is expected")}: {difference}. Have the delivery corrected and register what was delivered then" : null;
    }

    private string? Reached(string value) => DayOf(value) is not { } day ? NoDay(value)
        : day <= DateOnly.FromDateTime(now.UtcDateTime) ? null
        : $"is {day.ToString(Day, CultureInfo.InvariantCulture)}, which has not come yet: start the run on that day or later";

    private string? Expired(string value, string with)
    {
        if (DayOf(value) is not { } last) return NoDay(value);
        if (with.Length > 0 && Duration.Parse(with).Error is { } malformed) return $"cannot be judged: {malformed.Message.TrimEnd('.')}";

        if (last < DateOnly.FromDateTime(now.UtcDateTime)) return $"was over on {last.ToString(Day, CultureInfo.InvariantCulture)}: have it renewed and register a version with the new day";
        return with.Length == 0 || last.ToDateTime(TimeOnly.MinValue) - now.UtcDateTime + TimeSpan.FromDays(1) >= Duration.Of(with) ? null : $"is {last.ToString(Day, CultureInfo.InvariantCulture)}, and has to be good for another {with}: have it renewed and register a version with the new day";
    }

    private static DateOnly? DayOf(string value) =>
        DateOnly.TryParseExact(value, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) && value.Contains('T', StringComparison.Ordinal) ? DateOnly.FromDateTime(instant.UtcDateTime)
        : null;

    private static string NoDay(string value) => $"is {Shown(value)}, which is no day: register a version that writes it as 2027-06-30";

    private ManifestVerdict Objection(ManifestExpectation expectation, string seen, string wrong) => new(expectation, Shown(seen), $"{version}: “{expectation.Entry}” {wrong}.");

    private string? ValueOf(string entry) => manifest.GetValueOrDefault(entry)?.Trim() is { Length: > 0 } value ? value : null;

    private static string[] Options(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Shown(string value) => $"“{Words.Beginning(value, 60)}”";
}
