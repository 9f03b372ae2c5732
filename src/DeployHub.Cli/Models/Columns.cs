namespace DeployHub.Cli.Models;

/// <summary>Rows of words below each other, each column as wide as its longest.</summary>
internal static class Columns
{
    private const string Gap = "  ";

    public static IEnumerable<string> Of(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (rows.Count == 0) return [];

        var widths = Enumerable.Range(0, rows[0].Count).Select(column => rows.Max(row => row[column].Length)).ToList();
        return rows.Select(row => string.Join(Gap, row.Select((word, column) => word.PadRight(widths[column]))).TrimEnd());
    }
}
