using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Deployments;
using DeployHub.Features.Inventory;
using DeployHub.Features.Models;
using DeployHub.IntegrationTests.Runs;
using DeployHub.Worker.Ssh;

namespace DeployHub.Benchmarks;

/// <summary>
/// One megabyte to two hundred hosts in batches: brought, unpacked, switched, asked. Beside it the same work by ansible-playbook, and the
/// bare floor, which is the same commands over SSH connections and nothing else. All three reach the same sshd, twenty hosts at a time.
/// Floor and DeployHub have done it once before they are measured, as a worker has that is not restarted for each deployment; their
/// connections are closed by then, so that both pay for opening them.
/// </summary>
internal static class FleetRollout
{
    public const int Hosts = 200;
    public const int AtOnce = 20;
    private const int Rounds = 3;
    private static readonly TimeSpan ConnectionsAreClosed = new SshOptions().IdleLimit * 1.3;
    private const string Secret = "fleet-key";

    private const string Model = """
        model: fleet
        name: Fleet
        purpose: Brings a release to a fleet of hosts in batches.
        approach: Rolling
        appliesTo: { kinds: [Software] }
        stages:
          verifyComponents: [{ name: Compare the artefact, uses: check-artefacts, timeout: 1m }]
          verifyEnvironment: [{ name: Reach the host, uses: check-reachable, timeout: 1m }]
          execute:
            phases: { batches: "20" }
            alreadyThere: DeployAgain
            steps:
              - { name: Release, uses: file-release, with: { label: "${version.label}-${deployment.number}" }, timeout: 1m }
              - { name: Health, uses: ssh, with: { command: "test -s current/payload" }, timeout: 1m }
          verifyDeployment: [{ name: Look again, uses: check-script, with: { command: ["true"] }, timeout: 1m }]
        rollback: { method: RedeployPrevious }
        """;

    public static async Task RunAsync()
    {
        if (!TestSshd.CanStart) throw new InvalidOperationException(TestSshd.Why);
        if (!AnsibleFleet.IsInstalled) throw new InvalidOperationException("ansible-playbook is not installed.");
        var directory = Directory.CreateTempSubdirectory("deployhub-fleet-").FullName;
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
        var package = await MakePackageAsync(directory);
        await using var database = await BenchDatabase.StartAsync();
        var connectionString = await database.NewAsync();
        await using var hub = await BenchHub.StartAsync(connectionString, works: false);
        await RegisterAsync(hub, sshd, directory, package);
        await using var worker = await ProductProcess.StartWorkerAsync(connectionString, new($"DeployHub__Secrets__{Secret}", sshd.Key), new("DeployHub__Worker__Hands", $"{AtOnce}"));

        Task FloorAsync() => SshFloor.RunAsync(sshd, package, Path.Combine(directory, "floor"));
        await FloorAsync();
        var first = await TimeAsync(() => OursAsync(hub));

        List<double> ours = [], floor = [], ansible = [];
        for (var round = 0; round < Rounds; round++)
        {
            var closed = Task.Delay(ConnectionsAreClosed);
            if (round == 0) ansible.Add(await TimeAsync(() => AnsibleFleet.RunAsync(sshd, package, Path.Combine(directory, "ansible"))));
            await closed;
            floor.Add(await TimeAsync(FloorAsync));
            ours.Add(await TimeAsync(() => OursAsync(hub)));
            Console.WriteLine($"round {round + 1}: floor {floor[^1]:F1} s, ours {ours[^1]:F1} s, ansible {ansible[0]:F1} s");
        }

        var (toFloor, toAnsible) = (Report.Median(ours) / Report.Median(floor), Report.Median(ansible) / Report.Median(ours));
        await new Report("fleet", $"How long does a megabyte to {Hosts} hosts take, {AtOnce} at a time, beside the bare commands and ansible-playbook?")
            .Add("floor, s (median)", Report.Median(floor))
            .Add("DeployHub, s (median)", Report.Median(ours))
            .Add("DeployHub by a worker that has just started, s", first)
            .Add("ansible-playbook, s", Report.Median(ansible))
            .Add("DeployHub / floor", toFloor).Goal("≤ 1.25", toFloor <= 1.25)
            .Add("ansible-playbook / DeployHub", toAnsible).Goal("≥ 3", toAnsible >= 3)
            .Add("most memory of the worker, MB", worker.MostMegabytes).Goal("< 400 MB", worker.MostMegabytes < 400)
            .WriteAsync();
    }

    private static async Task OursAsync(BenchHub hub)
    {
        await hub.StartRunAsync(await hub.PlanAsync(new PlanInput { Environment = "fleet", Versions = ["payload@1"], Model = "fleet", DeployAgain = true }));
        await hub.AllSucceededAsync();
    }

    private static async Task RegisterAsync(BenchHub hub, TestSshd sshd, string directory, string package)
    {
        await hub.DoAsync(new RegisterStore("packages", "Packages", StoreKind.Folder, Path.GetDirectoryName(package)!));
        await hub.DoAsync(new RegisterService("payload", "Payload", "Bench"));
        await hub.DoAsync(new RegisterComponent("payload", "payload", "Payload", ComponentKind.Software));
        await hub.DoAsync(new RegisterComponentVersion("payload", "1", [new RegisterComponentVersion.Artefact("package", "packages", Path.GetFileName(package), Digest.OfBytes(await File.ReadAllBytesAsync(package)).ToString())]));
        await hub.DoAsync(new RegisterEnvironment("fleet", "Fleet", Tier.Development, "Bench"));
        await hub.DoAsync(new ImportModel("fleet", Model));
        foreach (var host in Enumerable.Range(1, Hosts))
        {
            var place = Directory.CreateDirectory(Path.Combine(directory, "ours", $"{host}")).FullName;
            await hub.DoAsync(new RegisterTarget("fleet", $"host-{host:000}", new SshConnection(AddressOf(host), sshd.Port, System.Environment.UserName, sshd.HostKey, Secret, place)));
        }
    }

    public static string AddressOf(int host) => $"127.0.9.{host}";

    /// <summary>A megabyte that does not compress.</summary>
    private static async Task<string> MakePackageAsync(string directory)
    {
        var content = Directory.CreateDirectory(Path.Combine(directory, "content")).FullName;
        var bytes = new byte[1024 * 1024];
        new Random(1).NextBytes(bytes);
        await File.WriteAllBytesAsync(Path.Combine(content, "payload"), bytes);
        var package = Path.Combine(Directory.CreateDirectory(Path.Combine(directory, "store")).FullName, "payload.tar.gz");
        await using var file = File.Create(package);
        await using var zip = new GZipStream(file, CompressionLevel.Fastest);
        await TarFile.CreateFromDirectoryAsync(content, zip, includeBaseDirectory: false);
        return package;
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }
}
