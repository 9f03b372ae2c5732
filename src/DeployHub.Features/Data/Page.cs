namespace DeployHub.Features.Data;

/// <summary>One page of a keyset-paged list.</summary>
/// <param name="Next">What to pass as <c>after</c> for the following page; null on the last.</param>
public sealed record Page<TRow>(IReadOnlyList<TRow> Rows, string? Next);

public static class Page
{
    /// <summary>50 rows unless told; 1 to 200.</summary>
    public static int Size(int? limit) => Math.Clamp(limit ?? 50, 1, 200);

    /// <param name="rows">One more than the page holds, when there is a following page.</param>
    internal static Page<TRow> Of<TRow>(List<TRow> rows, int? limit, Func<TRow, string> cursor)
    {
        var size = Size(limit);
        return rows.Count <= size ? new Page<TRow>(rows, null) : new Page<TRow>(rows[..size], cursor(rows[size - 1]));
    }
}
