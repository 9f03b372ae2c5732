using System.Text;

namespace DeployHub.Cli.Models;

/// <summary>Names and times of the interface as people read them.</summary>
internal static class InWords
{
    /// <summary><c>VerifyComponents</c> becomes <c>Verify components</c>.</summary>
    public static string Of(string name)
    {
        var words = new StringBuilder();
        foreach (var letter in name)
            words.Append(words.Length > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString());
        return words.ToString();
    }

    /// <summary>“40 s”, “12 min”, “1 h 30 min”.</summary>
    public static string Of(TimeSpan time) => time switch
    {
        { TotalSeconds: < 100 } => $"{time.TotalSeconds:0} s",
        { TotalMinutes: < 100 } => $"{time.TotalMinutes:0} min",
        _ => $"{Math.Floor(time.TotalHours):0} h {time.Minutes} min",
    };

    public static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
