namespace DeployHub.Web.Pages.Shared;

/// <summary>Names with values as people type them: one <c>name: value</c> a line. Works without script and keeps what was typed.</summary>
public static class NameValueLines
{
    /// <summary>Null when a line has no colon or equals sign, or a name stands twice; <paramref name="problem"/> then says which.</summary>
    public static IReadOnlyDictionary<string, string>? Parse(string? text, out string? problem)
    {
        var entries = new Dictionary<string, string>();
        foreach (var line in (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var at = line.IndexOfAny([':', '=']);
            if (at <= 0)
            {
                problem = $"“{line}” is no pair. Write one name: value a line.";
                return null;
            }

            if (!entries.TryAdd(line[..at].TrimEnd(), line[(at + 1)..].TrimStart()))
            {
                problem = $"“{line[..at].TrimEnd()}” stands there twice. Keep one.";
                return null;
            }
        }

        problem = null;
        return entries;
    }

    public static string Format(IReadOnlyDictionary<string, string> entries) =>
        string.Join('\n', entries.Select(entry => $"{entry.Key}: {entry.Value.ReplaceLineEndings(" ")}"));
}
