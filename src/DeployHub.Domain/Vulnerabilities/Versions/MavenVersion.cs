namespace DeployHub.Domain.Vulnerabilities.Versions;

/// <summary>Maven's order, by the rules of its POM reference: any text is a version.</summary>
internal static class MavenVersion
{
    private static readonly string[] Known = ["alpha", "beta", "milestone", "rc", "snapshot", "", "sp"];

    /// <param name="Before">What separates it: a full stop, or a hyphen, which a change between digits and letters equals.</param>
    private readonly record struct Token(char Before, string Text)
    {
        public bool IsNumber => VersionOrder.AreDigits(Text);

        public bool IsNothing => Text.Length == 0 || Text.AsSpan().Trim('0').IsEmpty;
    }

    public static int? Compare(string left, string right)
    {
        var (ones, others) = (Trimmed(Read(left)), Trimmed(Read(right)));
        for (var i = 0; i < Math.Max(ones.Count, others.Count); i++)
        {
            var one = i < ones.Count ? ones[i] : Filler(others[i]);
            var other = i < others.Count ? others[i] : Filler(ones[i]);
            if (Compare(one, other) is var difference and not 0) return difference;
        }

        return 0;
    }

    private static List<Token> Read(string text)
    {
        var tokens = new List<Token>();
        var (start, before) = (0, '-');
        for (var i = 0; i <= text.Length; i++)
        {
            var isEnd = i == text.Length || text[i] is '.' or '-' or '_';
            var isChange = !isEnd && i > start && char.IsAsciiDigit(text[i]) != char.IsAsciiDigit(text[i - 1]);
            if (!isEnd && !isChange) continue;

            var isBeforeDigit = isChange && char.IsAsciiDigit(text[i]);
            tokens.Add(new Token(before, i == start ? "0" : Meant(text[start..i].ToLowerInvariant(), isBeforeDigit)));
            before = isEnd && i < text.Length && text[i] == '.' ? '.' : '-';
            start = isEnd ? i + 1 : i;
        }

        return tokens;
    }

    private static string Meant(string text, bool isBeforeDigit) => text switch
    {
        "a" when isBeforeDigit => "alpha",
        "b" when isBeforeDigit => "beta",
        "m" when isBeforeDigit => "milestone",
        "cr" => "rc",
        "ga" or "final" or "release" => "",
        _ => text,
    };

    /// <summary>What means nothing at the end, and at the end of what stands before a hyphen, is left out.</summary>
    private static List<Token> Trimmed(List<Token> tokens)
    {
        for (var end = tokens.Count - 1; end > 0; end--)
            if (tokens[end].IsNothing && (end == tokens.Count - 1 || tokens[end + 1].Before == '-')) tokens.RemoveAt(end);
        return tokens;
    }

    private static Token Filler(Token beside) => beside with { Text = beside.IsNumber ? "0" : "" };

    private static int Compare(Token left, Token right) => (left.IsNumber, right.IsNumber) switch
    {
        (true, true) when left.Before == right.Before => VersionOrder.Digits(left.Text, right.Text),
        (true, true) => left.Before == '.' ? 1 : -1,
        (true, false) => 1,
        (false, true) => -1,
        _ => Qualifier(left.Text, right.Text),
    };

    private static int Qualifier(string left, string right)
    {
        var (one, other) = (Rank(left), Rank(right));
        return one != other ? one.CompareTo(other) : one == Known.Length ? string.CompareOrdinal(left, right) : 0;
    }

    private static int Rank(string qualifier) => Array.IndexOf(Known, qualifier) is >= 0 and var known ? known : Known.Length;
}
