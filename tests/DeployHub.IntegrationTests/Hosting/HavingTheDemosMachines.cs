using System.Diagnostics;
using System.Globalization;
using DeployHub.Worker.Demo;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeployHub.IntegrationTests.Hosting;

/// <summary>Several processes may work on one data directory; the demo's services belong to the first.</summary>
public sealed class HavingTheDemosMachines
{
    [Fact]
    public async Task A_process_that_is_started_beside_ends_nothing_that_runs_and_has_the_machines_once_the_first_is_gone()
    {
        var directory = Directory.CreateTempSubdirectory("deployhub-demo-").FullName;
        DemoFleet first = Fleet(directory), second = Fleet(directory), third = Fleet(directory);
        await first.StartAsync(CancellationToken.None);
        using var service = Installed(first.PlaceOf("dev-1"));

        await second.StartAsync(CancellationToken.None);
        await second.StopAsync(CancellationToken.None);
        service.HasExited.ShouldBeFalse();

        await first.StopAsync(CancellationToken.None);
        service.WaitForExit(TimeSpan.FromSeconds(10)).ShouldBeTrue();

        await third.StartAsync(CancellationToken.None);
        File.ReadAllText(Path.Combine(first.PlaceOf("dev-1"), "started")).Trim().ShouldBe("1.0.0 once");
        await third.StopAsync(CancellationToken.None);
        Directory.Delete(directory, recursive: true);
    }

    private static DemoFleet Fleet(string directory) => new(directory, NullLogger<DemoFleet>.Instance);

    /// <summary>A service of version 1.0.0 that runs, with a script that says when it is started again.</summary>
    private static Process Installed(string place)
    {
        var release = Directory.CreateDirectory(Path.Combine(place, "releases", "1.0.0")).FullName;
        File.WriteAllText(Path.Combine(release, "deploy.sh"), "echo \"$VERSION once\" >> started\n");
        Directory.CreateSymbolicLink(Path.Combine(place, "current"), "releases/1.0.0");
        File.WriteAllText(Path.Combine(place, "port"), "5101");
        var service = Process.Start(new ProcessStartInfo("tail", ["-f", Path.Combine(place, "port")]) { RedirectStandardOutput = true })!;
        File.WriteAllText(Path.Combine(place, "greeter.pid"), service.Id.ToString(CultureInfo.InvariantCulture));
        return service;
    }
}
