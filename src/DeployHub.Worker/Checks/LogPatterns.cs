using System.Text.RegularExpressions;
using DeployHub.Domain;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>What a pattern found.</summary>
internal sealed record LogMatches(string Pattern, bool IsForbidden, IReadOnlyList<string> Lines)
{
    public bool IsTrouble => IsForbidden && Lines.Count > 0;

    public bool IsMissing => !IsForbidden && Lines.Count == 0;
}

/// <summary>Matches lines in time that grows with their length and nothing else, whatever somebody wrote into a pattern or a log.</summary>
internal sealed class LogPatterns
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2); // for one line

    private readonly List<(string Pattern, bool IsForbidden, Regex Regex)> _patterns;
    private readonly List<Regex> _except;

    private LogPatterns(CheckLogs settings)
    {
        _patterns = [.. (settings.MustNot ?? []).Select(pattern => (pattern, true, Compile(pattern))), .. (settings.Must ?? []).Select(pattern => (pattern, false, Compile(pattern)))];
        _except = [.. (settings.Except ?? []).Select(Compile)];
    }

    /// <summary>Refused is what only became no pattern when its values were filled in.</summary>
    public static Result<LogPatterns> Of(CheckLogs settings)
    {
        try
        {
            return new LogPatterns(settings);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return Error.Invalid("check-logs.pattern", "MustNot", "One of its patterns is no regular expression that can be matched in one pass, without looking back or ahead.");
        }
    }

    public IReadOnlyList<LogMatches> In(IReadOnlyList<string> lines) => [.. _patterns.Select(known => new LogMatches(
        known.Pattern, known.IsForbidden, [.. lines.Where(line => known.Regex.IsMatch(line) && !(known.IsForbidden && _except.Exists(except => except.IsMatch(line))))]))];

    private static Regex Compile(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Patience);
}
