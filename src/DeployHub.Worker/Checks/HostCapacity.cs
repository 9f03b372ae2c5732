using System.Globalization;

namespace DeployHub.Worker.Checks;

/// <summary>What a host says that it has. Null is what it does not say, or not in a way that can be believed.</summary>
/// <param name="MemoryMiB">Memory that programs could get now without swapping.</param>
/// <param name="Load">Over the last five minutes.</param>
internal sealed record HostCapacity(long? MemoryMiB, int? Cpus, double? Load)
{
    private const int MostCpus = 100_000;
    private const double GreatestLoad = 1_000_000;
    private const long MostKiB = 1L << 50;

    /// <summary>POSIX sh: a line for each that can be read. A limit of the account's own control group counts, where it is lower.</summary>
    public const string Question =
        """
        LC_ALL=C; export LC_ALL
        awk '/^MemAvailable:/ { print "memory", $2 }' /proc/meminfo 2>/dev/null
        n=$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null) && echo "cpus $n"
        awk '{ print "load", $2 }' /proc/loadavg 2>/dev/null
        room() { [ -r "$1" ] && [ -r "$2" ] && [ -r "$3" ] && awk -v max="$(cat "$1")" -v used="$(cat "$2")" '/^(total_)?inactive_file / { if ($2 > cache) cache = $2 } END { if (max ~ /^[0-9]+$/ && used ~ /^[0-9]+$/ && max < 2 ^ 60) { left = (max - used + cache) / 1024; printf "memory %d\n", (left < 0 ? 0 : left) } }' "$3" 2>/dev/null; }
        share() { awk '$1 ~ /^[0-9]+$/ && $2 > 0 { printf "cpus %d\n", $1 / $2 }' "$@" 2>/dev/null; }
        own=$(awk -F: '$1 == "0" { print $3 }' /proc/self/cgroup 2>/dev/null)
        while :; do
          at=/sys/fs/cgroup${own%/}
          room "$at/memory.max" "$at/memory.current" "$at/memory.stat"
          share "$at/cpu.max"
          case $own in */*) own=${own%/*} ;; *) break ;; esac
        done
        at=/sys/fs/cgroup
        room $at/memory/memory.limit_in_bytes $at/memory/memory.usage_in_bytes $at/memory/memory.stat
        echo "$(cat $at/cpu/cpu.cfs_quota_us 2>/dev/null) $(cat $at/cpu/cpu.cfs_period_us 2>/dev/null)" | share
        :
        """;

    public static HostCapacity Parse(IEnumerable<string> lines)
    {
        var said = lines.Select(line => line.Split(' ', 3)).Where(words => words.Length == 2).GroupBy(words => words[0], words => words[1]).ToDictionary(words => words.Key, words => words.ToList());
        return new HostCapacity(
            Least<long>(said.GetValueOrDefault("memory"), text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var kibibytes) && kibibytes <= MostKiB ? kibibytes / 1024 : null),
            Least<int>(said.GetValueOrDefault("cpus"), text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= MostCpus ? count : null),
            Least<double>(said.GetValueOrDefault("load"), text => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= GreatestLoad ? number : null));
    }

    /// <summary>A limit may be told at several places, and all of them have to be believed.</summary>
    private static T? Least<T>(List<string>? told, Func<string, T?> read) where T : struct
    {
        var values = (told ?? []).Select(read).ToList();
        return values.Contains(null) ? null : values.Min();
    }
}
