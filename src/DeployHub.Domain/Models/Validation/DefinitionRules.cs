using System.Text.RegularExpressions;

namespace DeployHub.Domain.Models.Validation;

/// <summary>What the texts may be that a worker gives to other programs, in a model and once more when a run has filled them in.</summary>
public static partial class DefinitionRules
{
    private const int LongestAddress = 500, LongestPattern = 300;

    /// <summary>An address that Git may fetch from.</summary>
    public static bool IsRepository(string text) =>
        text.Length <= LongestAddress && RepositoryAddress().IsMatch(text) && Uri.TryCreate(text, UriKind.Absolute, out var address) && !address.UserInfo.Contains(':', StringComparison.Ordinal);

    public static bool IsCommit(string text) => CommitHash().IsMatch(text);

    /// <summary>A path with * and ? that names files.</summary>
    public static bool IsPattern(string text) => text.Length is > 0 and <= LongestPattern && text[0] != '~' && !text.EndsWith('/') && !text.Split('/').Contains("..") && !text.Any(char.IsControl);

    [GeneratedRegex(@"^(https|ssh|file)://[^\s\p{Cc}]+\z")]
    private static partial Regex RepositoryAddress();

    [GeneratedRegex(@"^([0-9a-f]{40}|[0-9a-f]{64})\z")]
    private static partial Regex CommitHash();
}
