using System.Diagnostics;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Deployments;
using DeployHub.Features.Inventory;
using DeployHub.Features.Models;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Runs;
using DeployHub.Worker;
using DeployHub.Worker.Ssh;
using Microsoft.EntityFrameworkCore;
using Renci.SshNet;

namespace DeployHub.Benchmarks;

/// <summary>
/// An environment of two hundred hosts verified outside of any run: each is reached, and looked at for drift. Beside it the bare floor, which
/// is a connection to each and the same two commands. Both reach the same sshd, as many hosts at a time, and both pay for opening connections.
/// </summary>
internal static class VerifyFleet
{
    private const int Hosts = FleetRollout.Hosts;
    private const int Rounds = 5;
    private const string Secret = "fleet-key";
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(10); // every round opens its connections anew

    private const string Model = """
        model: fleet
        name: Fleet
        purpose: Looks at a fleet of hosts.
        approach: BigBang
        appliesTo: { kinds: [Software] }
        stages:
          verifyComponents: [{ name: Compare the artefact, uses: check-artefacts, timeout: 1m }]
          verifyEnvironment:
            - { name: Reach the host, uses: check-reachable, timeout: 1m }
            - { name: Look for drift, uses: check-drift, with: { facts: [{ kind: File, name: settings }, { kind: File, name: notes, expect: absent }] }, timeout: 1m }
          execute: { phases: all-at-once, steps: [{ name: Nothing, uses: ssh, with: { command: "true" }, timeout: 1m }] }
          verifyDeployment: [{ name: Look again, uses: check-script, with: { command: ["true"] }, timeout: 1m }]
        rollback: { method: RedeployPrevious }
        """;

    public static async Task RunAsync()
    {
        if (!TestSshd.CanStart) throw new InvalidOperationException(TestSshd.Why);
        var directory = Directory.CreateTempSubdirectory("deployhub-verify-").FullName;
        try
        {
            await MeasureAsync(directory);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task MeasureAsync(string directory)
    {
        await using var sshd = await TestSshd.StartAsync("0.0.0.0");
        await using var database = await BenchDatabase.StartAsync();
        var connectionString = await database.NewAsync();
        await using var hub = await BenchHub.StartAsync(connectionString, works: false);
        await RegisterAsync(hub, sshd, directory);
        await using var worker = await ProductProcess.StartWorkerAsync(connectionString, new($"DeployHub__Secrets__{Secret}", sshd.Key), new("DeployHub__Worker__Ssh__IdleLimit", $"{IdleLimit:c}"));
        var number = await hub.PlanAsync(new PlanInput { Environment = "fleet", Versions = ["payload@1"], Model = "fleet", DeployAgain = true });

        await FloorAsync(sshd, directory);
        await OursAsync(hub, number);
        List<double> ours = [], floor = [];
        for (var round = 0; round < Rounds; round++)
        {
            await Task.Delay(IdleLimit * 2);
            floor.Add(await TimeAsync(() => FloorAsync(sshd, directory)));
            ours.Add(await TimeAsync(() => OursAsync(hub, number)));
            Console.WriteLine($"round {round + 1}: floor {floor[^1]:F2} s, ours {ours[^1]:F2} s");
        }

        var ratio = Report.Median(ours) / Report.Median(floor);
        await new Report("verify", $"How long does it take to verify {Hosts} hosts, {DryChecks.AtOnce} at a time, beside bare connections with the same commands?")
            .Add("floor, s (median)", Report.Median(floor))
            .Add("DeployHub, s (median)", Report.Median(ours))
            .Add("DeployHub / floor", ratio).Goal("≤ 1.3", ratio <= 1.3)
            .WriteAsync();
    }

    private static async Task OursAsync(BenchHub hub, string number)
    {
        var name = await hub.DoAsync(new VerifyNow(number, [Domain.Runs.Stage.VerifyEnvironment]));
        while (await hub.DatabaseAsync(db => db.DryLooks.AnyAsync(look => look.DueAt != null && db.DryVerifications.Any(known => known.Id == look.VerificationId && known.Name == name)))) await Task.Delay(100); // asking costs the processors that are measured
        var failed = await hub.DatabaseAsync(async db => (await db.DryLooks.AsNoTracking().Where(look => db.DryVerifications.Any(known => known.Id == look.VerificationId && known.Name == name)).ToListAsync())
            .SelectMany(look => look.Checks).Count(check => check.Outcome is not Domain.Runs.StepOutcome.Succeeded));
        if (failed > 0) throw new InvalidOperationException($"{failed} checks of {name} did not pass.");
    }

    private static Task FloorAsync(TestSshd sshd, string directory)
    {
        var key = new PrivateKeyFile(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(sshd.Key)));
        return Parallel.ForEachAsync(Enumerable.Range(1, Hosts), new ParallelOptions { MaxDegreeOfParallelism = DryChecks.AtOnce }, async (host, cancellationToken) =>
        {
            var connection = new ConnectionInfo(FleetRollout.AddressOf(host), sshd.Port, System.Environment.UserName, new PrivateKeyAuthenticationMethod(System.Environment.UserName, key));
            Algorithms.Prefer(connection, new SshOptions()); // the floor is to pay for the work, not for a dearer handshake
            using var ssh = new SshClient(connection);
            await ssh.ConnectAsync(cancellationToken);
            var place = PlaceOf(directory, host);
            await RunAsync(ssh, $"touch {place}/writable && rm {place}/writable && hostname", cancellationToken);
            await RunAsync(ssh, $"cd {place} && sha256sum settings && ! test -e notes", cancellationToken);
        });
    }

    private static async Task RunAsync(SshClient ssh, string command, CancellationToken cancellationToken)
    {
        using var run = ssh.CreateCommand(command);
        await run.ExecuteAsync(cancellationToken);
        if (run.ExitStatus is not 0) throw new InvalidOperationException($"“{command}” ended with {run.ExitStatus}: {run.Error}");
    }

    private static async Task RegisterAsync(BenchHub hub, TestSshd sshd, string directory)
    {
        var store = Directory.CreateDirectory(Path.Combine(directory, "store")).FullName;
        await File.WriteAllTextAsync(Path.Combine(store, "payload"), "payload");
        await hub.DoAsync(new RegisterStore("packages", "Packages", StoreKind.Folder, store));
        await hub.DoAsync(new RegisterService("payload", "Payload", "Bench"));
        await hub.DoAsync(new RegisterComponent("payload", "payload", "Payload", ComponentKind.Software));
        await hub.DoAsync(new RegisterComponentVersion("payload", "1", [new RegisterComponentVersion.Artefact("package", "packages", "payload", Digest.OfText("payload").ToString())]));
        await hub.DoAsync(new RegisterEnvironment("fleet", "Fleet", Tier.Development, "Bench"));
        await hub.DoAsync(new ImportModel("fleet", Model));
        foreach (var host in Enumerable.Range(1, Hosts))
        {
            var place = Directory.CreateDirectory(PlaceOf(directory, host)).FullName;
            await File.WriteAllTextAsync(Path.Combine(place, "settings"), "level = Warning\n");
            await hub.DoAsync(new RegisterTarget("fleet", $"host-{host:000}", new SshConnection(FleetRollout.AddressOf(host), sshd.Port, System.Environment.UserName, sshd.HostKey, Secret, place)));
        }
    }

    private static string PlaceOf(string directory, int host) => Path.Combine(directory, "hosts", $"{host}");

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }
}
