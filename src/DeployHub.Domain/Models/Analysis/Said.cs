namespace DeployHub.Domain.Models.Analysis;

/// <summary>Numbers as the sentences of an analysis say them.</summary>
internal static class Said
{
    public static string Percent(int count, int of) => $"{100.0 * count / of:0} %";

    /// <summary>“once”, “twice”, “3 times”.</summary>
    public static string Times(int number) => number switch
    {
        1 => "once",
        2 => "twice",
        _ => $"{number} times",
    };

    /// <summary>“40 are needed; 12 so far”.</summary>
    public static string TooFew(string what, int needed, int found) => $"{needed} {what} are needed to say anything; {found} so far.";
}
