using System.Text.RegularExpressions;

namespace DeployHub.Domain.Vulnerabilities.Versions;

/// <summary>RubyGems' order: a letter makes a prerelease, which comes before the release.</summary>
internal static partial class GemVersion
{
    public static int? Compare(string left, string right)
    {
        if (Read(left) is not { } ones || Read(right) is not { } others) return null;

        for (var i = 0; i < Math.Max(ones.Length, others.Length); i++)
            if (Part(ones.ElementAtOrDefault(i) ?? "0", others.ElementAtOrDefault(i) ?? "0") is var difference and not 0) return difference;
        return 0;
    }

    private static string[]? Read(string text) => Form().IsMatch(text.Trim()) ? [.. Segment().Matches(text.Replace("-", ".pre.", StringComparison.Ordinal)).Select(match => match.Value)] : null;

    private static int Part(string left, string right) => (VersionOrder.AreDigits(left), VersionOrder.AreDigits(right)) switch
    {
        (true, true) => VersionOrder.Digits(left, right),
        (true, false) => 1,
        (false, true) => -1,
        _ => string.CompareOrdinal(left, right),
    };

    [GeneratedRegex(@"^[0-9]+(\.[0-9a-zA-Z]+)*(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?\z")]
    private static partial Regex Form();

    [GeneratedRegex("[0-9]+|[A-Za-z]+")]
    private static partial Regex Segment();
}
