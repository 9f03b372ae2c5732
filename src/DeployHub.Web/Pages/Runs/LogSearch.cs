using DeployHub.Features.Runs;
using Mediator;

namespace DeployHub.Web.Pages.Runs;

/// <summary>What somebody looks for in a run's log, as the address of the page holds it, and where in the log they are.</summary>
/// <param name="Errors">Only the error output.</param>
/// <param name="Line">Shown among the lines around it.</param>
public sealed record LogSearch(string? Subject = null, string? Step = null, string? Text = null, bool Errors = false, long? Line = null, long? After = null, long? Before = null)
{
    /// <summary>Where a page with this search shows what it found.</summary>
    public const string Anchor = "log-search";

    private const int LinesAPage = 400;
    private const int LinesAbove = 25;

    /// <summary>Nothing is looked for: the page shows how the log goes on.</summary>
    public bool IsIdle => this == new LogSearch();

    /// <summary>What was found: a page of lines.</summary>
    public sealed record Found(IReadOnlyList<ListLogLines.Row> Lines, bool HasEarlier, bool HasLater);

    public async Task<Found> RunAsync(ISender sender, string run, CancellationToken cancellationToken)
    {
        async Task<IReadOnlyList<ListLogLines.Row>> ReadAsync(long after, long? before, int limit) =>
            await sender.Send(new ListLogLines(run, after, before, limit, Subject, Text, Step, Errors), cancellationToken);

        if (Line is { } line)
        {
            var above = await ReadAsync(0, line, LinesAbove + 1);
            var below = await ReadAsync(line - 1, null, LinesAPage + 1);
            return new Found([.. above.TakeLast(LinesAbove), .. below.Take(LinesAPage)], above.Count > LinesAbove, below.Count > LinesAPage);
        }

        var startsAtTheEnd = After is null && Text is null && !Errors;
        if (Before is null && !startsAtTheEnd)
        {
            var lines = await ReadAsync(After ?? 0, null, LinesAPage + 1);
            return new Found([.. lines.Take(LinesAPage)], After is > 0, lines.Count > LinesAPage);
        }

        var newest = await ReadAsync(0, Before ?? long.MaxValue, LinesAPage + 1);
        return new Found([.. newest.TakeLast(LinesAPage)], newest.Count > LinesAPage, Before is not null);
    }

    /// <summary>The same search as part of an address.</summary>
    public string Query => QueryString.Create(Parts().Where(part => part.Value is not null)).ToString();

    private IEnumerable<KeyValuePair<string, string?>> Parts() =>
    [
        new("subject", Subject), new("step", Step), new("text", Text), new("errors", Errors ? "true" : null),
        new("line", Line?.ToString()), new("after", After?.ToString()), new("before", Before?.ToString()),
    ];
}
