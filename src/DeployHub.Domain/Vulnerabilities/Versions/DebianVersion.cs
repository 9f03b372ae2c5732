namespace DeployHub.Domain.Vulnerabilities.Versions;

/// <summary>dpkg's order: epoch, upstream version and revision; ~ sorts before everything, even the end.</summary>
internal static class DebianVersion
{
    public static int? Compare(string left, string right)
    {
        if (Read(left) is not { } one || Read(right) is not { } other) return null;
        if (VersionOrder.Digits(one.Epoch, other.Epoch) is var epoch and not 0) return epoch;
        return Part(one.Upstream, other.Upstream) is var upstream and not 0 ? upstream : Part(one.Revision, other.Revision);
    }

    private static (string Epoch, string Upstream, string Revision)? Read(string text)
    {
        text = text.Trim();
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var epoch = colon < 0 ? "0" : text[..colon];
        if (!VersionOrder.AreDigits(epoch)) return null;

        var rest = text[(colon + 1)..];
        if (rest.Length == 0 || rest.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('.' or '+' or '-' or '~' or ':' or '_'))) return null;

        var hyphen = rest.LastIndexOf('-');
        return hyphen < 0 ? (epoch, rest, "") : (epoch, rest[..hyphen], rest[(hyphen + 1)..]);
    }

    private static int Part(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (left.Length > 0 || right.Length > 0)
        {
            while (StartsWithOther(left) || StartsWithOther(right))
            {
                if (Weight(left) - Weight(right) is var difference and not 0) return difference;
                left = left[1..]; // equal weights other than the end's: both have a character
                right = right[1..];
            }

            var (ones, others) = (DigitsOf(left), DigitsOf(right));
            if (VersionOrder.Digits(left[..ones], right[..others]) is var number and not 0) return number;
            left = left[ones..];
            right = right[others..];
        }

        return 0;
    }

    private static bool StartsWithOther(ReadOnlySpan<char> text) => text.Length > 0 && !char.IsAsciiDigit(text[0]);

    private static int DigitsOf(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : text.Length;

    private static int Weight(ReadOnlySpan<char> text) => text.Length == 0 || char.IsAsciiDigit(text[0]) ? 0
        : text[0] == '~' ? -1
        : char.IsAsciiLetter(text[0]) ? text[0]
        : text[0] + 256;
}
