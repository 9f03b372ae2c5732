namespace DeployHub.Domain;

/// <summary>What somebody may have meant.</summary>
public static class NearNames
{
    private const int Most = 3;

    /// <summary>Such as “ Near it: wait-until-healthy@3.”, with a space before it; empty when nothing is near.</summary>
    public static string Sentence(string name, IEnumerable<string> known, Func<string, string>? shown = null)
    {
        var near = Near(name, known, Math.Max(2, name.Length / 3)).Take(Most).Select(other => shown is null ? other : shown(other)).ToList();
        return near.Count == 0 ? "" : $" Near it: {Words.List(near)}.";
    }

    /// <summary>Such as “ Did you mean upload?”, with a space before it, for the nearest; empty when nothing is near.</summary>
    public static string Question(string name, IEnumerable<string> known) =>
        Near(name, known, name.Length <= 3 ? 1 : Math.Max(2, name.Length / 3)).FirstOrDefault() is { } nearest ? $" Did you mean {nearest}?" : "";

    private static IEnumerable<string> Near(string name, IEnumerable<string> known, int farthest) =>
        known.Select(other => (Name: other, Distance: Distance(name, other)))
            .Where(other => other.Distance <= farthest || (name.Length > 0 && other.Name.StartsWith(name, StringComparison.Ordinal)))
            .OrderBy(other => other.Distance).ThenBy(other => other.Name, StringComparer.Ordinal).Select(other => other.Name);

    /// <summary>How many letters have to be written, left out or exchanged to come from one to the other.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var (before, diagonal) = (row[0], row[0]);
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                (diagonal, before) = (before, row[j]);
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (one[i - 1] == other[j - 1] ? 0 : 1));
            }
        }

        return row[^1];
    }
}
