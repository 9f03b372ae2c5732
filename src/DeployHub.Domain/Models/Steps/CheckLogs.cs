namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// Looks through what the target has written to a log since the run began to execute: lines that must not be there, and lines that must. Lines
/// are dated by what they begin with, in the host's own time; those without a date belong to the line before.
/// </summary>
/// <param name="File">The log file, absolute or below the target's directory. The file it was rotated to last is read, too.</param>
/// <param name="Unit">The systemd unit whose journal is read instead of a file, such as <c>shop.service</c>.</param>
/// <param name="MustNot">Regular expressions that no line may match, such as <c>ERROR|FATAL</c>. They are matched in one pass, so they cannot look ahead or back.</param>
/// <param name="Must">Regular expressions of which each must match a line.</param>
/// <param name="Except">Regular expressions: a line that one of them matches is no trouble, whatever it holds.</param>
/// <param name="Last">Only what was written in the last so long before the check, such as <c>10m</c>; left out, since the run began to execute on targets.</param>
/// <param name="Within">How long the lines that must be there may take to appear.</param>
/// <param name="MostKiB">How much of the end is read at most, from 16 to 2048. If more was written, what was not read proves nothing.</param>
public sealed record CheckLogs(
    string? File = null, string? Unit = null, IReadOnlyList<string>? MustNot = null, IReadOnlyList<string>? Must = null, IReadOnlyList<string>? Except = null,
    string? Last = null, string Within = "5s", int MostKiB = 512) : StepSettings
{
    public const int MostPatterns = 20;

    public const int LongestPattern = 300;

    /// <summary>Everything that is matched, with the member that says it.</summary>
    public IEnumerable<(string Member, string Pattern)> Patterns() =>
        (MustNot ?? []).Select(pattern => ("mustNot", pattern)).Concat((Must ?? []).Select(pattern => ("must", pattern))).Concat((Except ?? []).Select(pattern => ("except", pattern)));
}
