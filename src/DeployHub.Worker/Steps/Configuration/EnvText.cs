using System.Text.RegularExpressions;

namespace DeployHub.Worker.Steps.Configuration;

/// <summary>A file of <c>NAME=value</c> lines as shells, compose and systemd read them. A value keeps its quotes where they can hold the new one.</summary>
internal static partial class EnvText
{
    public static string Set(string text, string path, string value, bool add)
    {
        if (!Name().IsMatch(path)) throw new UneditableException($"cannot hold “{path}”, which is no name of a variable");
        if (value.Any(character => character is '\n' or '\r' or '\0')) throw new UneditableException($"cannot hold a value of several lines at “{path}”");

        var same = Line().Matches(text).Where(line => line.Groups["name"].Value == path).Take(2).ToList();
        if (same.Count == 2) throw ValuePath.Twice(path, ConfigurationText.LineOf(text, same[1].Index));
        if (same is [var found])
        {
            var old = found.Groups["value"];
            return Meant(old.Value) == value ? text : ConfigurationText.Splice(text, old.Index, old.Index + old.Length, Written(value, old.Value.FirstOrDefault()));
        }

        if (!add) throw ValuePath.NotThere(path);
        var lineEnd = ConfigurationText.LineEndOf(text);
        return $"{text}{(text.Length == 0 || text.EndsWith('\n') ? "" : lineEnd)}{path}={Written(value, '\0')}{lineEnd}";
    }

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

    /// <summary>A comment behind the value begins with a blank before its sign.</summary>
    [GeneratedRegex(@"^[ \t]*(export[ \t]+)?(?<name>[A-Za-z_][A-Za-z0-9_.-]*)[ \t]*=[ \t]*(?<value>'[^'\r\n]*'|""(\\.|[^""\\\r\n])*""|[^\r\n]*?)(?=[ \t]*(\r?$|[ \t]#))", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"\\([\\""$`])")]
    private static partial Regex Escape();

    [GeneratedRegex(@"[\\""$`]")]
    private static partial Regex Special();

    [GeneratedRegex(@"^[A-Za-z0-9_./:@%+,=-]*\z")]
    private static partial Regex Bare();
}
