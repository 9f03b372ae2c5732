using DeployHub.Domain.Models.Steps;

namespace DeployHub.Worker.Steps.Configuration;

/// <summary>Sets values in the text of a configuration file and leaves every other character as it is.</summary>
internal static class ConfigurationText
{
    /// <summary>How deep values may lie; more is no configuration.</summary>
    public const int MostLevels = 64;

    /// <returns>The text, and the paths whose values changed.</returns>
    /// <exception cref="UneditableException">The text is malformed, or a path leads nowhere.</exception>
    public static (string Text, IReadOnlyList<string> Changed) Apply(ConfigurationFormat format, string text, IReadOnlyDictionary<string, string> values, bool add)
    {
        var changed = new List<string>();
        foreach (var (path, value) in values)
        {
            var edited = Set(format, text, path, value, add);
            if (edited != text) changed.Add(path);
            text = edited;
        }

        return (text, changed);
    }

    private static string Set(ConfigurationFormat format, string text, string path, string value, bool add) => format switch
    {
        ConfigurationFormat.Json => JsonText.Set(text, path, value, add),
        ConfigurationFormat.Yaml => YamlText.Set(text, path, value, add),
        ConfigurationFormat.Xml => XmlText.Set(text, path, value, add),
        ConfigurationFormat.Properties => PropertiesText.Set(text, path, value, add),
        ConfigurationFormat.Env => EnvText.Set(text, path, value, add),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "A format without an editor."),
    };

    /// <summary>One value as text; null when it is not there.</summary>
    /// <exception cref="UneditableException">The text is malformed, or the path leads to more than one value.</exception>
    public static string? Find(ConfigurationFormat format, string text, string path) => format switch
    {
        ConfigurationFormat.Json or ConfigurationFormat.Yaml => ValueTree.Find(format, text, path),
        ConfigurationFormat.Properties => PropertiesText.Find(text, path),
        ConfigurationFormat.Env => EnvText.Find(text, path),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "A format without a reader."),
    };

    public static string LineEndOf(string text) => text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    /// <summary>Where the line ends that holds the position, without its line end.</summary>
    public static int EndOfLine(string text, int position)
    {
        var end = text.IndexOf('\n', position);
        if (end < 0) return text.Length;
        return end > position && text[end - 1] == '\r' ? end - 1 : end;
    }

    public static int LineOf(string text, int position) => 1 + text.AsSpan(0, Math.Min(position, text.Length)).Count('\n');

    public static string Splice(string text, int start, int end, string with) => string.Concat(text.AsSpan(0, start), with, text.AsSpan(end));
}
