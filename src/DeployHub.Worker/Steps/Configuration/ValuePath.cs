namespace DeployHub.Worker.Steps.Configuration;

/// <summary>A path in JSON or YAML: <c>a:b:0</c>, or <c>/a/b/0</c> with <c>~1</c> for a slash and <c>~0</c> for a tilde where names hold colons.</summary>
internal static class ValuePath
{
    public static IReadOnlyList<string> Parts(string path)
    {
        string[] parts = path.StartsWith('/')
            ? [.. path[1..].Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]
            : path.Split(':');
        if (parts.Any(part => part.Length == 0)) throw new UneditableException($"cannot follow the path “{path}”, of which a part is empty");
        if (parts.Length > ConfigurationText.MostLevels) throw new UneditableException($"cannot follow a path of {parts.Length} parts");
        return parts;
    }

    public static bool IsIndex(string part, out int index) => int.TryParse(part, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out index);

    public static UneditableException NotThere(string path) => new($"has nothing at “{path}”; say add: true where it may be missing");

    public static UneditableException Twice(string path, int line) => new($"has “{path}” more than once", line);
}
