using System.Text.RegularExpressions;

namespace DeployHub.Worker.Steps.Configuration;

/// <summary>A file of <c>NAME=value</c> lines as shells, compose and systemd read them. A value keeps its quotes where they can hold the new one.</summary>
internal static partial class EnvText
{
    public static string Set(string text, string path, string value, bool add)
    {
        if (!Name().IsMatch(path)) throw new UneditableException($"cannot hold “{path}”, which is no name of a variable");
        if (value.Any(character => character is '\n' or '\r' or '\0')) throw new UneditableException($"cannot hold a value of several lines at “{path}”");

        var same = Assignments(text).Where(line => line.Groups["name"].Value == path).Take(2).ToList();
        if (same.Count == 2) throw ValuePath.Twice(path, ConfigurationText.LineOf(text, same[1].Index));
        if (same is [var found])
        {
            if (IsOpen(found)) throw new UneditableException($"has a value of several lines at “{path}”, which stays with people", ConfigurationText.LineOf(text, found.Index));
            var old = found.Groups["value"];
            return Meant(old.Value) == value ? text : ConfigurationText.Splice(text, old.Index, old.Index + old.Length, Written(value, old.Value.FirstOrDefault()));
        }

        if (!add) throw ValuePath.NotThere(path);
        var lineEnd = ConfigurationText.LineEndOf(text);
        return $"{text}{(text.Length == 0 || text.EndsWith('\n') ? "" : lineEnd)}{path}={Written(value, '\0')}{lineEnd}";
    }

    /// <summary>The value of a variable; null when it is not there.</summary>
    /// <exception cref="UneditableException">It is there more than once, or has several lines.</exception>
    public static string? Find(string text, string path)
    {
        var same = Assignments(text).Where(line => line.Groups["name"].Value == path).Take(2).ToList();
        if (same.Count == 2) throw ValuePath.Twice(path, ConfigurationText.LineOf(text, same[1].Index));
        if (same is not [var found]) return null;
        return IsOpen(found) ? throw new UneditableException($"has a value of several lines at “{path}”", ConfigurationText.LineOf(text, found.Index)) : Meant(found.Groups["value"].Value);
    }

    /// <summary>Every variable with its value, in order; a value of several lines as it is written.</summary>
    /// <exception cref="UneditableException">A quote does not close.</exception>
    public static IEnumerable<KeyValuePair<string, string>> All(string text) =>
        Assignments(text).Select(line => KeyValuePair.Create(line.Groups["name"].Value, IsOpen(line) ? line.Groups["open"].Value : Meant(line.Groups["value"].Value)));

    /// <summary>Behind a quote that never closes nobody knows what is an assignment.</summary>
    private static List<Match> Assignments(string text)
    {
        var all = Line().Matches(text).ToList();
        return all.Find(line => IsOpen(line) && !line.Groups["close"].Success) is { } endless
            ? throw new UneditableException("has a quote that does not close", ConfigurationText.LineOf(text, endless.Index))
            : all;
    }

    /// <summary>Its quote does not close on its line.</summary>
    private static bool IsOpen(Match line) => line.Groups["open"].Success;

    private static string Meant(string written) => written switch
    {
        ['\'', .. var inner, '\''] => inner,
        ['"', .. var inner, '"'] => Escape().Replace(inner, match => match.Groups[1].Value),
        _ => written,
    };

    private static string Written(string value, char quote)
    {
        if (quote is not ('\'' or '"') && Bare().IsMatch(value)) return value;
        return quote != '"' && !value.Contains('\'')
            ? $"'{value}'"
            : $"\"{Special().Replace(value, match => $"\\{match.Value}")}\"";
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_.-]*\z")]
    private static partial Regex Name();

    /// <summary>A comment behind the value begins with a blank before its sign. A value of several lines goes as far as its quote, so that nothing in it counts as a line.</summary>
    [GeneratedRegex(
        @"^[ \t]*(export[ \t]+)?(?<name>[A-Za-z_][A-Za-z0-9_.-]*)[ \t]*=[ \t]*"
        + @"((?<open>'[^'\r\n]*([\r\n][^']*(?<close>')?|\z)|""(\\.|[^""\\\r\n])*\\?([\r\n](\\[\s\S]|[^""\\])*\\?(?<close>"")?|\z))"
        + @"|(?<value>'[^'\r\n]*'|""(\\.|[^""\\\r\n])*""|[^\r\n]*?)(?=[ \t]*(\r?$|[ \t]#)))",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Line();

    [GeneratedRegex(@"\\([\\""$`])")]
    private static partial Regex Escape();

    [GeneratedRegex(@"[\\""$`]")]
    private static partial Regex Special();

    [GeneratedRegex(@"^[A-Za-z0-9_./:@%+,=-]*\z")]
    private static partial Regex Bare();
}
