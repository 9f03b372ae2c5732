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
        :
        """;

    public static HostCapacity Parse(IEnumerable<string> lines)
    {
        var said = lines.Select(line => line.Split(' ', 3)).Where(words => words.Length == 2).GroupBy(words => words[0], words => words[1]).ToDictionary(words => words.Key, words => words.First());
        return new HostCapacity(
            said.TryGetValue("memory", out var memory) && long.TryParse(memory, NumberStyles.None, CultureInfo.InvariantCulture, out var kibibytes) && kibibytes <= MostKiB ? kibibytes / 1024 : null,
            said.TryGetValue("cpus", out var cpus) && int.TryParse(cpus, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= MostCpus ? count : null,
            said.TryGetValue("load", out var load) && double.TryParse(load, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= GreatestLoad ? number : null);
    }
}
