using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using DeployHub.Domain;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>A file on a target that may be a backup.</summary>
internal sealed record BackupFile(DateTimeOffset WrittenAt, long Bytes, string Path);

/// <summary>Which files a target says that it has, newest first, and what its own clock says.</summary>
/// <param name="Trouble">Why nobody knows, in words that follow “could not be listed: ”.</param>
internal sealed partial record BackupFiles(DateTimeOffset? Now, IReadOnlyList<BackupFile> Files, string? Trouble)
{
    private const int MostListed = 50, LongestPath = 300;
    private const long Latest = 253_402_300_799; // the end of the year 9999

    /// <summary>POSIX sh with the stat of GNU or of BSD. A folder that cannot be looked into is no folder without backups.</summary>
    public static string Question(string pattern)
    {
        var folder = pattern.LastIndexOf('/') is var at and >= 0 ? pattern[..at] : ".";
        return $$"""
            LC_ALL=C; export LC_ALL
            date +'now %s'
            for d in {{(folder.Length == 0 ? "/" : Glob(folder))}}; do
              [ -d "$d" ] || { echo "cannot $d is no folder that this account can see"; continue; }
              [ -r "$d" ] && [ -x "$d" ] || echo "cannot this account may not look into $d"
            done
            set -- {{Glob(pattern)}}
            [ -e "$1" ] || exit 0
            if stat -c %Y / >/dev/null 2>&1; then stat -L -c '%F|file %Y %s %n' -- "$@"; else stat -L -f '%HT|file %m %z %N' -- "$@"; fi |
              sed -n 's/^[Rr]egular[^|]*|//p' | awk '$3 >= 0' | sort -k2,2nr | awk '{ print } $3 > 0 && ++n >= {{MostListed}} { exit }' | head -n {{MostListed * 4}}
            """;
    }

    /// <summary>Total: what is no line of the answer is passed over.</summary>
    public static BackupFiles Parse(IEnumerable<string> lines)
    {
        DateTimeOffset? now = null;
        string? trouble = null;
        var files = new List<BackupFile>();
        foreach (var line in lines)
        {
            if (line.Split(' ', 2) is ["now", var clock] && Instant(clock) is { } instant) now ??= instant;
            else if (line.Split(' ', 2) is ["cannot", var why]) trouble ??= Shown(why);
            else if (line.Split(' ', 4) is ["file", var written, var size, var path] && Instant(written) is { } at && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)) files.Add(new BackupFile(at, bytes, Shown(path)));
        }

        return new BackupFiles(now, [.. files.OrderByDescending(file => file.WrittenAt)], trouble ?? (now is null ? "the host did not answer" : null));
    }

    /// <summary>Everything stands as it is written but * and ?, which the shell takes for any characters.</summary>
    private static string Glob(string pattern)
    {
        var quoted = new StringBuilder();
        foreach (var part in Wildcard().Split(pattern)) quoted.Append(part is "*" or "?" ? part : part.Length == 0 ? "" : RemoteCommand.Quoted(part));
        return pattern[0] == '/' ? quoted.ToString() : $"./{quoted}"; // else a dash would begin an option
    }

    private static DateTimeOffset? Instant(string seconds) => long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= Latest ? DateTimeOffset.FromUnixTimeSeconds(number) : null;

    private static string Shown(string text) => Words.Beginning(Printable.Of(text).Replace('\t', ' '), LongestPath);

    [GeneratedRegex("([*?])")]
    private static partial Regex Wildcard();
}
