using System.Text.RegularExpressions;

namespace DeployHub.Domain.Models.Sources;

/// <summary>What branches and folders may be called: what Git takes for nothing else than that.</summary>
public static partial class GitNames
{
    public const string BranchRule = "Write a branch's name, such as main: up to 200 letters, digits and . _ - + # /, beginning with a letter, a digit or _.";

    public const string PatternRule = "Write branches with one *, such as models/*.";

    public const string FolderRule = "Write the folder below the repository's root, such as deploy/models: with forward slashes, without “..”.";

    private const int LongestFolder = 300;

    public static bool IsBranch(string? text) =>
        text is not null && Branch().IsMatch(text) && !text.Contains("..", StringComparison.Ordinal) && !text.Contains("//", StringComparison.Ordinal) && !text.Contains("/.", StringComparison.Ordinal)
        && !text.EndsWith('/') && !text.EndsWith('.') && !text.Split('/').Any(part => part.EndsWith(".lock", StringComparison.Ordinal));

    public static bool IsPattern(string? text) => text is not null && text.Count(letter => letter == '*') == 1 && IsBranch(text.Replace('*', 'x'));

    /// <summary>The empty text is the whole repository.</summary>
    public static bool IsFolder(string? text) =>
        text is "" || (text is { Length: <= LongestFolder } && !text.Any(letter => char.IsControl(letter) || letter is '\\') && text.Split('/').All(part => part is not ("" or "." or "..")));

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9._/+#-]{0,199}\z")]
    private static partial Regex Branch();
}
