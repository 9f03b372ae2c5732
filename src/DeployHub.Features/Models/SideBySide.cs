using DeployHub.Features.Models.Notation;
using DiffPlex;
using DiffPlex.Chunkers;

namespace DeployHub.Features.Models;

/// <summary>Two texts beside each other, line by line; what is equal and far from any difference is left out.</summary>
public static class SideBySide
{
    /// <summary>Longer texts are not laid beside each other: finding their differences costs more than reading them is worth.</summary>
    public const int MostLines = 2000;

    /// <summary>How many equal lines are shown around a difference.</summary>
    private const int Around = 3;

    /// <summary>One row: a line on the left, on the right, or both; equal when neither is marked. With <paramref name="Skipped"/> so many equal lines are left out here.</summary>
    public sealed record Row(int? WasNumber, string? Was, int? NowNumber, string? Now, bool IsChanged, int Skipped = 0);

    /// <summary>Null when one of them is too long; without rows when they are equal.</summary>
    public static IReadOnlyList<Row>? Of(string was, string now)
    {
        var (left, right) = (Lines(was), Lines(now));
        if (left.AsSpan().Count('\n') >= MostLines || right.AsSpan().Count('\n') >= MostLines) return null;

        return left == right ? [] : Folded(Rows(left, right));
    }

    private static string Lines(string text) => ModelDocument.Unmarked(text).ReplaceLineEndings("\n").TrimEnd('\n');

    private static List<Row> Rows(string was, string now)
    {
        var difference = Differ.Instance.CreateDiffs(was, now, ignoreWhiteSpace: false, ignoreCase: false, LineChunker.Instance);
        var (left, right) = (difference.PiecesOld, difference.PiecesNew);
        var (rows, atLeft, atRight) = (new List<Row>(), 0, 0);
        foreach (var block in difference.DiffBlocks)
        {
            while (atLeft < block.DeleteStartA) Equal();
            for (var line = 0; line < Math.Max(block.DeleteCountA, block.InsertCountB); line++)
            {
                var (isLeft, isRight) = (line < block.DeleteCountA, line < block.InsertCountB);
                rows.Add(new Row(isLeft ? atLeft + line + 1 : null, isLeft ? left[atLeft + line] : null, isRight ? atRight + line + 1 : null, isRight ? right[atRight + line] : null, IsChanged: true));
            }

            (atLeft, atRight) = (atLeft + block.DeleteCountA, atRight + block.InsertCountB);
        }

        while (atLeft < left.Count && atRight < right.Count) Equal();
        return rows;

        void Equal() => rows.Add(new Row(atLeft + 1, left[atLeft++], atRight + 1, right[atRight++], IsChanged: false));
    }

    private static List<Row> Folded(List<Row> rows)
    {
        var changed = Enumerable.Range(0, rows.Count).Where(place => rows[place].IsChanged).ToList();
        var shown = changed.SelectMany(place => Enumerable.Range(place - Around, Around * 2 + 1)).Where(place => place >= 0 && place < rows.Count).Distinct().ToHashSet();
        var (folded, skipped) = (new List<Row>(), 0);
        for (var place = 0; place <= rows.Count; place++)
            if (place < rows.Count && !shown.Contains(place)) skipped++;
            else
            {
                if (skipped > 0) folded.Add(new Row(null, null, null, null, IsChanged: false, skipped));
                skipped = 0;
                if (place < rows.Count) folded.Add(rows[place]);
            }

        return folded;
    }
}
