using System.Globalization;
using System.Text.Json.Nodes;

namespace DeployHub.Domain.Models.Comparing;

/// <summary>Names and values of a document as a sentence says them.</summary>
internal static class Shown
{
    /// <summary>Longer texts are not put into a sentence whole.</summary>
    public const int LongestShown = 60;

    /// <summary><c>minimumFreeMiB</c> becomes <c>minimum free MiB</c>.</summary>
    /// <param name="isOfDocument">False for a name that somebody chose, which stays as it is.</param>
    public static string Name(string name, bool isOfDocument = true) => isOfDocument
        ? Words.Of(name).Replace(" mi b", " MiB", StringComparison.Ordinal).Replace(" ki b", " KiB", StringComparison.Ordinal)
        : name;

    public static string Value(JsonNode? value) => value switch
    {
        null => "not set",
        JsonValue text when text.TryGetValue<string>(out var said) => Text(said),
        JsonValue flag when flag.TryGetValue<bool>(out var isSo) => isSo ? "yes" : "no",
        JsonArray list => List(list.Select(Value)),
        _ => value.ToJsonString(),
    };

    /// <summary>Durations and shares as people say them: <c>5 min</c>, <c>20 %</c>; what has spaces in it in quotes.</summary>
    public static string Text(string text)
    {
        if (text.Length == 0) return "empty";
        if (Share.Parse(text) is { Error: null, Value: { IsPercent: true } share }) return $"{share.Number} %";
        if (Duration.Parse(text).Error is null) return Spaced(text);
        return text.Any(char.IsWhiteSpace) ? $"“{text}”" : text;
    }

    public static string List(IEnumerable<string> items) => string.Join(", ", items) is { Length: > 0 } listed ? listed : "none";

    public static bool IsLong(string text) => text.Length > LongestShown || text.Contains('\n');

    public static string Shortened(string text) => Words.Beginning(text.ReplaceLineEndings(" "), LongestShown);

    private static string Spaced(string duration)
    {
        var number = duration.TrimEnd('m', 's', 'h', 'd');
        var unit = duration[number.Length..];
        return string.Create(CultureInfo.InvariantCulture, $"{number} {(unit == "m" ? "min" : unit)}");
    }
}
