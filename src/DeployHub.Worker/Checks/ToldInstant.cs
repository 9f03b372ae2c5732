using System.Globalization;
using System.Text.RegularExpressions;

namespace DeployHub.Worker.Checks;

/// <summary>An instant as other programs tell it.</summary>
internal static partial class ToldInstant
{
    private const double Latest = 253_402_300_799; // the end of the year 9999

    /// <summary>ISO 8601 with its offset, or seconds since 1970; null for anything else.</summary>
    public static DateTimeOffset? Parse(string text)
    {
        var trimmed = text.Trim().Trim('"');
        if (double.TryParse(trimmed, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var seconds)) return Of(seconds);
        return WithOffset().IsMatch(trimmed) && DateTimeOffset.TryParse(trimmed, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;
    }

    /// <summary>Null when it lies outside of the calendar.</summary>
    public static DateTimeOffset? Of(double seconds) => seconds is >= 0 and <= Latest ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})\z")]
    private static partial Regex WithOffset();
}
