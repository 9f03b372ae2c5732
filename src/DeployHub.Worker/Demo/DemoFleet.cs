using System.Globalization;
using DeployHub.Worker.Steps;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DeployHub.Worker.Demo;

/// <summary>
/// The demo's machines: folders on this one, each with the service that is installed there. Like a machine's own start-up it brings
/// the installed services up when DeployHub starts, and takes them down with it. Of several processes on one data directory the first has
/// the machines: a worker that is started beside it must not restart what runs there, nor end it.
/// </summary>
public sealed class DemoFleet(string directory, ILogger<DemoFleet> logger) : IHostedService
{
    private FileStream? _owned;

    /// <summary>Below it, a folder for each target.</summary>
    public string Directory { get; } = System.IO.Directory.CreateDirectory(directory).FullName;

    public string PlaceOf(string target) => Path.Combine(Directory, target);

    /// <summary>Puts a package on a target and runs it, as an administrator of the machine would have done before there was DeployHub.</summary>
    public async Task InstallAsync(string target, string package, string version, int port, CancellationToken cancellationToken)
    {
        var place = PlaceOf(target);
        var incoming = System.IO.Directory.CreateDirectory(Path.Combine(place, "incoming")).FullName;
        File.Copy(package, Path.Combine(incoming, "package.tar.gz"), overwrite: true);
        await File.WriteAllTextAsync(Path.Combine(place, "port"), port.ToString(CultureInfo.InvariantCulture), cancellationToken);
        await RunAsync(place, "tar -xzf incoming/package.tar.gz -C incoming deploy.sh && exec sh incoming/deploy.sh", version, port, cancellationToken);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _owned = Own();
        if (_owned is null) return;

        await Parallel.ForEachAsync(Installed(), cancellationToken, async (place, token) =>
        {
            var version = new DirectoryInfo(Path.Combine(place, "current")).ResolveLinkTarget(true)?.Name;
            var port = int.Parse(await File.ReadAllTextAsync(Path.Combine(place, "port"), token), CultureInfo.InvariantCulture);
            if (version is not null) await RunAsync(place, $"exec sh releases/{version}/deploy.sh", version, port, token);
        });
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        if (_owned is null) return Task.CompletedTask;

        foreach (var place in Installed())
        {
            var file = Path.Combine(place, "greeter.pid");
            if (!File.Exists(file) || !int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var id)) continue;

            try
            {
                using var process = System.Diagnostics.Process.GetProcessById(id);
                if (CommandLineOf(id).Contains(place, StringComparison.Ordinal)) process.Kill();
            }
            catch (ArgumentException)
            {
                // It is not running any more.
            }
        }

        _owned.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Lost with the process, however it ends. Null when another process has it.</summary>
    private FileStream? Own()
    {
        try
        {
            return new FileStream(Path.Combine(Directory, ".owner"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private IEnumerable<string> Installed() => !System.IO.Directory.Exists(Directory) ? [] : System.IO.Directory.GetDirectories(Directory).Where(place => File.Exists(Path.Combine(place, "port")) && System.IO.Directory.Exists(Path.Combine(place, "current")));

    private async Task RunAsync(string place, string command, string version, int port, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string> { ["VERSION"] = version, ["PORT"] = port.ToString(CultureInfo.InvariantCulture) };
        var said = new List<string>();
        var exitCode = await LocalProcess.RunAsync(["sh", "-c", command], environment, place, "demo", (_, line) => { lock (said) said.Add(line); }, cancellationToken);
        if (exitCode != 0) logger.LogWarning("The demo target {Target} does not run {Version}: {Output}", Path.GetFileName(place), version, string.Join(" | ", said));
    }

    /// <summary>The number of a process may belong to somebody else by now.</summary>
    private static string CommandLineOf(int process) =>
        File.Exists($"/proc/{process}/cmdline") ? File.ReadAllText($"/proc/{process}/cmdline") : "";
}
