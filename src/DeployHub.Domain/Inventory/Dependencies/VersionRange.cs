using System.Globalization;
using System.Text.RegularExpressions;
using DeployHub.Domain.Vulnerabilities.Versions;

namespace DeployHub.Domain.Inventory.Dependencies;

/// <summary>
/// Which versions will do, in npm's notation: <c>^2.1</c>, <c>~1.4.2</c>, <c>&gt;=2 &lt;4</c>, <c>1.x</c>, <c>1.2 - 1.9</c>, alternatives with <c>||</c>, and
/// <c>*</c> for any. A label that is no semantic version (one to four numbers, with a leading v or without) is meant only where it stands letter by letter.
/// As in npm, a prerelease is meant only by a range that names a prerelease of the same version.
/// </summary>
public sealed partial class VersionRange
{
    public const int Longest = 200;

    public const string Rule = "Write versions as ^2.1, ~1.4.2, >=2 <4, 1.x or 1.2 - 1.9, alternatives with ||, * for any, or a label as it is registered.";

    private readonly IReadOnlyList<Alternative> _alternatives;

    private VersionRange(string text, IReadOnlyList<Alternative> alternatives) => (Text, _alternatives) = (text, alternatives);

    public string Text { get; }

    /// <summary>Refused with <c>version-range.malformed</c>.</summary>
    public static Result<VersionRange> Parse(string? text)
    {
        if (text is not { Length: <= Longest } || text.Trim().Length == 0) return Malformed(text);

        var alternatives = text.Split("||", StringSplitOptions.TrimEntries).Select(Alternative.Parse).ToList();
        return alternatives.Contains(null) ? Malformed(text) : new VersionRange(text.Trim(), [.. alternatives.OfType<Alternative>()]);
    }

    public bool Contains(string label) => _alternatives.Any(alternative => alternative.Contains(label));

    /// <summary>For what must not be there: prereleases lie in the range as well, and so does a label that cannot be ordered, unless only labels are named.</summary>
    public bool MayContain(string label) => _alternatives.Any(alternative => alternative.MayContain(label));

    public override string ToString() => Text;

    private static Error Malformed(string? text) => new(ErrorKind.Invalid, "version-range.malformed", $"“{text}” says no versions. {Rule}");

    /// <param name="Label">Meant letter by letter.</param>
    /// <param name="Bounds">All of them hold; null where the text is no range but a label.</param>
    private sealed record Alternative(string Label, IReadOnlyList<Bound>? Bounds)
    {
        public static Alternative? Parse(string text)
        {
            if (text.Length == 0) return null;
            var bounds = BoundsOf(text);
            return bounds is null && !VersionLabel.IsValid(text) ? null : new Alternative(text, bounds);
        }

        public bool Contains(string label) =>
            label == Label || Bounds is { Count: 0 } || (Bounds is not null && Bounds.All(bound => bound.Admits(label)) && (!IsPrerelease(label) || Bounds.Any(bound => bound.IsPrereleaseOf(label))));

        public bool MayContain(string label) => label == Label || (Bounds is not null && Bounds.All(bound => bound.Admits(label) || !bound.Orders(label)));

        private static bool IsPrerelease(string label) => WithoutBuild(label).Contains('-', StringComparison.Ordinal);

        private static List<Bound>? BoundsOf(string text)
        {
            if (Hyphen().Match(text) is { Success: true } between)
                return Partial.Parse(between.Groups[1].Value) is { Major: not null } from && Partial.Parse(between.Groups[2].Value) is { Major: not null } to ? [from.AtLeast, to.AtMost] : null;

            var bounds = new List<Bound>();
            foreach (var word in AfterOperator().Replace(text, "$1").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var operation = Operator().Match(word).Value;
                if (Partial.Parse(word[operation.Length..])?.Meaning(operation) is not { } meant) return null;
                bounds.AddRange(meant);
            }

            return bounds;
        }
    }

    /// <param name="Sign">Minus one for at least (or above), one for at most (or below), zero for exactly.</param>
    /// <param name="OrEqual">The version itself is meant too.</param>
    private sealed record Bound(int Sign, bool OrEqual, string Version)
    {
        /// <summary>False for what is no semantic version.</summary>
        public bool Admits(string label) => VersionOrder.Compare(VersionScheme.SemVer, label, Version) switch
        {
            null => false,
            0 => OrEqual,
            var order => Math.Sign(order.Value) == -Sign,
        };

        public bool Orders(string label) => VersionOrder.Compare(VersionScheme.SemVer, label, Version) is not null;

        public bool IsPrereleaseOf(string label) => WithoutBuild(Version).Split('-', 2) is [var mine, _] && VersionOrder.Compare(VersionScheme.SemVer, mine, WithoutBuild(label).Split('-', 2)[0]) == 0;
    }

    /// <summary>A version of which the last numbers may be left open.</summary>
    private sealed record Partial(long? Major, long? Minor, long? Patch, string Prerelease)
    {
        public Bound AtLeast => new(-1, true, Lowest);

        public Bound AtMost => Patch is null ? Below(Next) : new(1, true, Lowest);

        private string Lowest => string.Create(CultureInfo.InvariantCulture, $"{Major ?? 0}.{Minor ?? 0}.{Patch ?? 0}{Prerelease}");

        /// <summary>The first version that this one no longer speaks of.</summary>
        private string Next => Minor is null ? Of(Major!.Value + 1, 0) : Of(Major!.Value, Minor.Value + 1);

        public static Partial? Parse(string text)
        {
            if (Form().Match(text) is not { Success: true } match) return null;

            var (major, minor, patch) = (Number(match.Groups["major"]), Number(match.Groups["minor"]), Number(match.Groups["patch"]));
            var prerelease = match.Groups["prerelease"].Value;
            var isOpenInside = (major is null && (minor ?? patch) is not null) || (minor is null && patch is not null);
            return isOpenInside || (patch is null && prerelease.Length > 0) ? null : new Partial(major, minor, patch, prerelease);
        }

        /// <summary>None for any version; null for what says nothing, such as above any.</summary>
        public IReadOnlyList<Bound>? Meaning(string operation) => operation switch
        {
            _ when Major is null => operation is ">" or "<" ? null : [],
            "" or "=" => Patch is null ? [AtLeast, Below(Next)] : [new(0, true, Lowest)],
            "^" => [AtLeast, Below(Compatible)],
            "~" => [AtLeast, Below(Next)],
            ">=" => [AtLeast],
            "<=" => [AtMost],
            ">" => Patch is null ? [new(-1, true, Next)] : [new(-1, false, Lowest)],
            _ => [Patch is null ? Below(Lowest) : new(1, false, Lowest)],
        };

        /// <summary>Up to the next change of the first number that is not zero.</summary>
        private string Compatible => (Major, Minor, Patch) switch
        {
            (0, 0, { } patch) => string.Create(CultureInfo.InvariantCulture, $"0.0.{patch + 1}"),
            (0, { } minor, _) => Of(0, minor + 1),
            var (major, _, _) => Of(major!.Value + 1, 0),
        };

        private static string Of(long major, long minor) => string.Create(CultureInfo.InvariantCulture, $"{major}.{minor}.0");

        /// <summary>Nor its prereleases.</summary>
        private static Bound Below(string version) => new(1, false, $"{version}-0");

        private static long? Number(Group group) => group.Success && group.Value is not ("x" or "X" or "*") ? long.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : null;
    }

    private static string WithoutBuild(string version) => version.Split('+', 2)[0];

    [GeneratedRegex(@"^(\S+)\s+-\s+(\S+)\z")]
    private static partial Regex Hyphen();

    [GeneratedRegex(@"(\^|~|[<>]=?|=)\s+")]
    private static partial Regex AfterOperator();

    [GeneratedRegex(@"^(\^|~|[<>]=?|=)?")]
    private static partial Regex Operator();

    [GeneratedRegex(@"^[vV]?(?<major>[0-9]{1,15}|[xX*])(?:\.(?<minor>[0-9]{1,15}|[xX*]))?(?:\.(?<patch>[0-9]{1,15}|[xX*]))?(?<prerelease>-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z.-]+)?\z")]
    private static partial Regex Form();
}
