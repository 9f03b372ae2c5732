using System.Diagnostics;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>All tests that need containers share one podman.</summary>
[CollectionDefinition(nameof(Containers))]
[TakesLong(70)]
public sealed class Containers : ICollectionFixture<ContainerStand>;

/// <summary>A podman of its own with its Docker-compatible API on a socket, and a real registry that holds two images of one shop.</summary>
public sealed class ContainerStand : IAsyncLifetime
{
    private static readonly string[] Programs = ["podman", "runc", "docker-registry", "busybox"];

    private readonly string _directory = Directory.CreateTempSubdirectory("deployhub-podman-").FullName;
    private readonly int _registry = FreePort.Next();
    private TestDaemon? _store;
    private Process? _engine;

    /// <summary>Why there is none; null when there is.</summary>
    public static string? Missing => System.Environment.UserName is not "root" ? "Needs root to run containers." : Programs.Select(TestDaemon.Missing).FirstOrDefault(missing => missing is not null);

    public string Address => $"unix://{At("engine.sock")}";

    public string Registry => $"127.0.0.1:{_registry}";

    /// <summary>Serves its folder on port 80, without a HEALTHCHECK.</summary>
    public string Plain { get; private set; } = "";

    /// <summary>Healthy once its HEALTHCHECK has found /healthy.</summary>
    public string Checked { get; private set; } = "";

    /// <summary>In the form by which nobody may deploy.</summary>
    public string Tagged => $"127.0.0.1:{_registry}/shop:plain";

    public string Unknown => $"127.0.0.1:{_registry}/shop@sha256:{new string('0', 64)}";

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null) return;

        await File.WriteAllTextAsync(At("registry.yml"), $"version: 0.1\nstorage: {{ filesystem: {{ rootdirectory: {At("store")} }} }}\nhttp: {{ addr: \"127.0.0.1:{_registry}\" }}\n");
        _store = await TestDaemon.StartAsync("docker-registry", _registry, "serve", At("registry.yml"));
        await File.WriteAllTextAsync(At("registries.conf"), $"[[registry]]\nlocation = \"127.0.0.1:{_registry}\"\ninsecure = true\n");
        await File.WriteAllTextAsync(At("containers.conf"), "[containers]\ndefault_ulimits = [\"nofile=1024:1024\", \"nproc=1024:1024\"]\n[engine]\nruntime = \"runc\"\ncgroup_manager = \"cgroupfs\"\nevents_logger = \"file\"\n");
        Plain = await PublishAsync("plain", "");
        Checked = await PublishAsync("checked", "HEALTHCHECK --interval=1h --retries=1 CMD [\"busybox\", \"test\", \"-f\", \"/healthy\"]");
        _engine = Process.Start(Podman("system", "service", "--time", "0", Address))!;
        _engine.BeginErrorReadLine();
        _engine.BeginOutputReadLine();
        await TestHub.Until(() => Task.FromResult(File.Exists(At("engine.sock"))), "podman listens");
    }

    public async ValueTask DisposeAsync()
    {
        if (Missing is null)
        {
            if (_engine is not null)
            {
                await RunAsync("rm", "--all", "--force", "--time", "0");
                _engine.Kill(entireProcessTree: true);
                await _engine.WaitForExitAsync();
                _engine.Dispose();
            }

            if (_store is not null) await _store.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>What podman's own command line says.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(Podman(arguments))!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? (await output).Trim() : throw new InvalidOperationException($"podman {string.Join(' ', arguments)}: {await errors}");
    }

    /// <summary>Without systemd nobody calls HEALTHCHECKs in podman; a test does. Answers false when it says unhealthy.</summary>
    public async Task<bool> CheckAsync(string container)
    {
        using var process = Process.Start(Podman("healthcheck", "run", container))!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }

    /// <summary>A service that answers /health and /version. Answers its reference by digest.</summary>
    public async Task<string> PublishServiceAsync(string label)
    {
        var context = Directory.CreateDirectory(At(label)).FullName;
        await File.WriteAllTextAsync(Path.Combine(context, "health"), "ok");
        await File.WriteAllTextAsync(Path.Combine(context, "version"), label);
        return await PublishAsync(label, "COPY health version /www/");
    }

    /// <returns>The reference by digest; the image itself is only in the registry afterwards.</returns>
    private async Task<string> PublishAsync(string tag, string more)
    {
        var context = Directory.CreateDirectory(At(tag)).FullName;
        File.Copy(TestDaemon.Find("busybox")!, Path.Combine(context, "busybox"));
        await File.WriteAllTextAsync(Path.Combine(context, "Dockerfile"), $"""
            FROM scratch
            COPY busybox /bin/busybox
            COPY busybox /bin/sh
            COPY Dockerfile /www/{tag}
            {more}
            CMD ["busybox", "httpd", "-f", "-p", "80", "-h", "/www"]
            """);
        var name = $"127.0.0.1:{_registry}/shop:{tag}";
        await RunAsync("build", "--quiet", "--format", "docker", "--tag", name, context);
        await RunAsync("push", "--quiet", "--tls-verify=false", "--digestfile", At($"{tag}.digest"), name);
        await RunAsync("rmi", "--force", name);
        return $"127.0.0.1:{_registry}/shop@{await File.ReadAllTextAsync(At($"{tag}.digest"))}";
    }

    private ProcessStartInfo Podman(params string[] arguments) =>
        new("sh", ["-c", "ulimit -n 20000; exec podman \"$@\"", "podman", "--root", At("root"), "--runroot", At("run"), "--storage-driver", "vfs", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["CONTAINERS_REGISTRIES_CONF"] = At("registries.conf"), ["CONTAINERS_CONF"] = At("containers.conf"), ["TMPDIR"] = Directory.CreateDirectory(At("tmp")).FullName },
        };

    private string At(string file) => Path.Combine(_directory, file);
}
