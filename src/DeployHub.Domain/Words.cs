using System.Text;

namespace DeployHub.Domain;

/// <summary>Turns names of the code, which are the glossary's, into words a person reads.</summary>
public static class Words
{
    /// <summary><c>WaitingForPerson</c> becomes <c>waiting for person</c>.</summary>
    public static string Of<T>(T value) where T : struct, Enum => Lower(value.ToString());

    /// <summary>The same for the name of a member, such as <c>expectStatus</c>.</summary>
    public static string Of(string name) => Lower(name);

    /// <summary>“850 ms”, “12 s”, “3 min 5 s”, “2 h 10 min”, “4 d 3 h”: two units at most.</summary>
    public static string Of(TimeSpan span) => TimeSpan.FromMilliseconds(Math.Round(span.TotalMilliseconds)) switch
    {
        { TotalSeconds: < 1 } whole => $"{Math.Max(0, (int)whole.TotalMilliseconds)} ms",
        { TotalMinutes: < 1 } whole => $"{(int)whole.TotalSeconds} s",
        { TotalHours: < 1 } whole => Two((int)whole.TotalMinutes, "min", whole.Seconds, "s"),
        { TotalDays: < 1 } whole => Two((int)whole.TotalHours, "h", whole.Minutes, "min"),
        var whole => Two((int)whole.TotalDays, "d", whole.Hours, "h"),
    };

    /// <summary><c>WaitingForPerson</c> becomes <c>Waiting for person</c>.</summary>
    public static string Title<T>(T value) where T : struct, Enum => Title(value.ToString());

    /// <summary>The same for a status that was written down by its name.</summary>
    public static string Title(string name)
    {
        var words = Lower(name);
        return words.Length == 0 ? "" : char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>“1 target”, “2 targets”.</summary>
    public static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    /// <summary>“a”, “a and b”, “a, b and c”.</summary>
    public static string List(IEnumerable<string> items)
    {
        var all = items.ToArray();
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }

    /// <summary>“a”, “a and b”, “a, b and 3 more”: no longer, however many there are.</summary>
    public static string Few(IReadOnlyList<string> items) => items.Count <= 2 ? List(items) : $"{items[0]}, {items[1]} and {items.Count - 2} more";

    /// <summary>At most so many characters from the beginning, none of them cut in half, and … where some are left out.</summary>
    public static string Beginning(string text, int longest) =>
        text.Length <= longest ? text : $"{text.AsSpan(0, char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)} …";

    private static string Two(int large, string unit, int small, string smallUnit) =>
        small == 0 ? $"{large} {unit}" : $"{large} {unit} {small} {smallUnit}";

    /// <summary>CI alone would be a configuration item; the build server is the “CI system”.</summary>
    private static string Lower(string name) => name == "CiSystem" ? "CI system" : Split(name).ToLowerInvariant();

    private static string Split(string name)
    {
        var words = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && !char.IsUpper(name[i - 1])) words.Append(' ');
            words.Append(name[i]);
        }

        return words.ToString();
    }
}
