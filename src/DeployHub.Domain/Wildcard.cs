namespace DeployHub.Domain;

/// <summary>Patterns in which <c>*</c> stands for any characters, or none; case does not count unless told.</summary>
internal static class Wildcard
{
    /// <summary>Goes back to the last star only, so that no pattern takes long.</summary>
    public static bool Matches(string pattern, string text, bool caseCounts = false)
    {
        var (p, t, star, from) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*') (star, from, p) = (p, t, p + 1);
            else if (p < pattern.Length && (pattern[p] == text[t] || (!caseCounts && char.ToLowerInvariant(pattern[p]) == char.ToLowerInvariant(text[t])))) (p, t) = (p + 1, t + 1);
            else if (star >= 0) (p, t, from) = (star + 1, from + 1, from + 1);
            else return false;
        }

        return pattern.AsSpan(p).Trim('*').IsEmpty;
    }
}
