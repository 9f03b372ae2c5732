using System.Text.RegularExpressions;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

internal static partial class SettingsRules
{
    private static IEnumerable<(string, string, string)> Values(ModelContent model, IReadOnlyList<ManualValue> values) =>
    [
        .. When(values.Any(value => !ValueName().IsMatch(value.Name)), "values", "a value's name begins with a letter, then at most 39 letters, digits, spaces, _ and -.", "A-V7"),
        .. When(values.DistinctBy(value => value.Name.ToLowerInvariant()).Count() < values.Count, "values", "each value has a name of its own.", "A-V7"),
        .. values.Where(value => value.Pattern is { } pattern && !IsPattern(pattern)).SelectMany(value => When(true, "values", $"“{value.Pattern}” is no regular expression that can be matched in one pass, without looking back or ahead.", "A-V7")),
        .. values.Where(value => value is { Expected: { } expected, Pattern: { } pattern } && !IsFilledLater(expected) && IsPattern(pattern) && !value.Matches(expected))
            .SelectMany(value => When(true, "values", $"{value.Expected} is expected of “{value.Name}” and does not match its own pattern.", "A-V7")),
        .. When(values.Any(value => value is { MayMiss: not null } and not { Several: true, Expected: not null }), "values", "only of several expected ones some may be missing.", "A-V7"),
        .. values.SelectMany(value => MayMiss(model, "values", value.MayMiss)),
    ];

    private static bool IsPicture(string picture) =>
        picture.StartsWith('/') ? !picture.StartsWith("//", StringComparison.Ordinal) : Uri.TryCreate(picture, UriKind.Absolute, out var uri) && uri.Scheme is "https";

    private static bool IsPattern(string pattern)
    {
        try
        {
            return !IsFilledLater(pattern) && new Regex(pattern, RegexOptions.NonBacktracking) is not null;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9 _-]{0,38}[A-Za-z0-9]?\z")]
    private static partial Regex ValueName();
}
