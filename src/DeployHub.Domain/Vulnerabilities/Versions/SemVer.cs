namespace DeployHub.Domain.Vulnerabilities.Versions;

/// <summary>Semantic Versioning 2.0.0, with what its users add: a leading v (Go), one to four numbers (NuGet).</summary>
internal static class SemVer
{
    private const int MostNumbers = 4;

    public static int? Compare(string left, string right, StringComparison letters)
    {
        if (Read(left) is not { } one || Read(right) is not { } other) return null;

        for (var i = 0; i < MostNumbers; i++)
            if (VersionOrder.Digits(At(one.Numbers, i), At(other.Numbers, i)) is var difference and not 0) return difference;
        return Prerelease(one.Prerelease, other.Prerelease, letters);
    }

    private static (string[] Numbers, string[] Prerelease)? Read(string text)
    {
        text = text.Trim();
        if (text.StartsWith('v') || text.StartsWith('V')) text = text[1..];
        var build = text.IndexOf('+', StringComparison.Ordinal);
        if (build >= 0) text = text[..build];
        var hyphen = text.IndexOf('-', StringComparison.Ordinal);
        var numbers = (hyphen < 0 ? text : text[..hyphen]).Split('.');
        var prerelease = hyphen < 0 ? [] : text[(hyphen + 1)..].Split('.');
        return numbers.Length <= MostNumbers && numbers.All(number => VersionOrder.AreDigits(number)) && prerelease.All(part => part.Length > 0) ? (numbers, prerelease) : null;
    }

    private static string At(string[] numbers, int place) => place < numbers.Length ? numbers[place] : "0";

    private static int Prerelease(string[] left, string[] right, StringComparison letters)
    {
        if (left.Length == 0 || right.Length == 0) return right.Length.CompareTo(left.Length); // a release comes after its prereleases

        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
            if (Part(left[i], right[i], letters) is var difference and not 0) return difference;
        return left.Length.CompareTo(right.Length);
    }

    private static int Part(string left, string right, StringComparison letters) => (VersionOrder.AreDigits(left), VersionOrder.AreDigits(right)) switch
    {
        (true, true) => VersionOrder.Digits(left, right),
        (true, false) => -1,
        (false, true) => 1,
        _ => string.Compare(left, right, letters),
    };
}
