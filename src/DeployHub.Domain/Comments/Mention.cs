using System.Text.RegularExpressions;

namespace DeployHub.Domain.Comments;

/// <summary>Whom a text names: <c>@ana</c> by what stands before the @ of their address, or <c>@ana@example.org</c> by all of it.</summary>
public static partial class Mention
{
    /// <summary>So many people one comment may name.</summary>
    public const int Most = 20;

    /// <summary>Each once, in lower case and in the order of the text. A version such as <c>web@1.2.0</c> names nobody.</summary>
    public static IReadOnlyList<string> In(string text) =>
        [.. Named().Matches(text).Select(match => match.Groups["name"].Value.TrimEnd('.', '-').ToLowerInvariant()).Distinct()];

    /// <summary>Whether the name stands for whoever has this address.</summary>
    public static bool StandsFor(string name, string email) =>
        name.Contains('@', StringComparison.Ordinal) ? name.Equals(email, StringComparison.OrdinalIgnoreCase) : name.Equals(email.Split('@')[0], StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"(?<![\p{L}\p{N}._@-])@(?<name>[\p{L}\p{N}._+-]+(@[\p{L}\p{N}.-]+)?)")]
    private static partial Regex Named();
}
