namespace DeployHub.Worker.Checks;

/// <summary>What was read of a log.</summary>
/// <param name="Text">The end of it, after what was read of the file that it was rotated to last.</param>
/// <param name="IsWhole">Nothing was written before it that was not read.</param>
/// <param name="Dates">How its lines are dated; null when everything in it lies in the time that was asked for.</param>
internal sealed record LogText(string Text, bool IsWhole, LogDates? Dates)
{
    private const int LongestLine = 4_000;

    /// <summary>The text begins with a whole line, whatever was written before it.</summary>
    public bool BeginsALine { get; init; }

    /// <summary>The file that it was rotated to last, where that was read.</summary>
    public string? Rotated { get; init; }

    /// <summary>The file that it was rotated to last, where that could not be read.</summary>
    public string? LeftOut { get; init; }

    /// <summary>By how much the host's clock is ahead of the worker's.</summary>
    public TimeSpan Ahead { get; init; }

    /// <summary>The lines that were written since; what has no date belongs to the line before.</summary>
    public LogPeriod Since(DateTimeOffset since)
    {
        var lines = Text.Split('\n').Select(line => line.TrimEnd('\r')).Skip(IsWhole || BeginsALine ? 0 : 1).Where(line => line.Length > 0).ToList(); // the first of what was cut is no whole line
        if (Dates is null) return new LogPeriod([.. lines.Select(Shortened)], IsWhole, true);

        var from = DateTimeOffset.FromUnixTimeSeconds((since + Ahead).ToUnixTimeSeconds()); // lines are dated to the second
        var (kept, first, isWithin) = (new List<string>(), (DateTimeOffset?)null, false);
        foreach (var line in lines)
        {
            if (Dates.Of(line) is { } at) (first, isWithin) = (first ?? at, at >= from);
            if (isWithin) kept.Add(Shortened(line));
        }

        return new LogPeriod(kept, IsWhole || first < from, first is not null || lines.Count == 0);
    }

    private static string Shortened(string line) => line.Length > LongestLine ? line[..LongestLine] : line;
}

/// <param name="HasBeginning">Everything that was written since is there.</param>
/// <param name="IsDated">False when no line says when it was written, so that nothing is known.</param>
internal sealed record LogPeriod(IReadOnlyList<string> Lines, bool HasBeginning, bool IsDated);
