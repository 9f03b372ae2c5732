using System.Text.RegularExpressions;

namespace DeployHub.Domain.Vulnerabilities.Versions;

/// <summary>Python's order (PEP 440): dev &lt; pre &lt; final &lt; post, inside of an epoch.</summary>
internal static partial class Pep440
{
    private const string Lowest = "";
    private const string Highest = "~";

    public static int? Compare(string left, string right)
    {
        if (Form().Match(left.Trim()) is not { Success: true } one || Form().Match(right.Trim()) is not { Success: true } other) return null;

        int[] differences =
        [
            VersionOrder.Digits(one.Groups["epoch"].ValueSpan, other.Groups["epoch"].ValueSpan),
            Release(one.Groups["release"].Value, other.Groups["release"].Value),
            Stage(Pre(one), Pre(other)),
            Stage(Post(one), Post(other)),
            Stage(Dev(one), Dev(other)),
            Local(one.Groups["local"].Value, other.Groups["local"].Value),
        ];
        return differences.FirstOrDefault(difference => difference != 0);
    }

    private static int Release(string left, string right)
    {
        var (ones, others) = (left.Split('.'), right.Split('.'));
        for (var i = 0; i < Math.Max(ones.Length, others.Length); i++)
            if (VersionOrder.Digits(ones.ElementAtOrDefault(i), others.ElementAtOrDefault(i)) is var difference and not 0) return difference;
        return 0;
    }

    private static int Stage((string Letter, string Number) left, (string Letter, string Number) right) =>
        string.CompareOrdinal(left.Letter, right.Letter) is var difference and not 0 ? difference : VersionOrder.Digits(left.Number, right.Number);

    private static (string, string) Pre(Match version) => version.Groups["pre"].Value.ToLowerInvariant() switch
    {
        "" => (version.Groups["post"].Success || !version.Groups["dev"].Success ? Highest : Lowest, ""),
        "a" or "alpha" => ("a", version.Groups["preNumber"].Value),
        "b" or "beta" => ("b", version.Groups["preNumber"].Value),
        _ => ("c", version.Groups["preNumber"].Value),
    };

    private static (string, string) Post(Match version) => version.Groups["post"].Success ? ("p", version.Groups["postNumber"].Value) : (Lowest, "");

    private static (string, string) Dev(Match version) => version.Groups["dev"].Success ? ("d", version.Groups["devNumber"].Value) : (Highest, "");

    private static int Local(string left, string right)
    {
        var (ones, others) = (left.Split(['.', '-', '_'], StringSplitOptions.RemoveEmptyEntries), right.Split(['.', '-', '_'], StringSplitOptions.RemoveEmptyEntries));
        for (var i = 0; i < Math.Min(ones.Length, others.Length); i++)
            if (Segment(ones[i], others[i]) is var difference and not 0) return difference;
        return ones.Length.CompareTo(others.Length);
    }

    private static int Segment(string left, string right) => (VersionOrder.AreDigits(left), VersionOrder.AreDigits(right)) switch
    {
        (true, true) => VersionOrder.Digits(left, right),
        (true, false) => 1,
        (false, true) => -1,
        _ => string.Compare(left, right, StringComparison.OrdinalIgnoreCase),
    };

    [GeneratedRegex(
        @"^v?(?:(?<epoch>[0-9]+)!)?(?<release>[0-9]+(?:\.[0-9]+)*)(?:[-_.]?(?<pre>alpha|beta|preview|pre|rc|a|b|c)[-_.]?(?<preNumber>[0-9]+)?)?(?<post>-(?<postNumber>[0-9]+)|[-_.]?(?:post|rev|r)[-_.]?(?<postNumber>[0-9]+)?)?(?<dev>[-_.]?dev[-_.]?(?<devNumber>[0-9]+)?)?(?:\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
