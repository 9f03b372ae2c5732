using DeployHub.Domain.Inventory;
using DeployHub.IntegrationTests.Runs;
using DeployHub.IntegrationTests.Steps;

namespace DeployHub.IntegrationTests.Models.Starters;

/// <summary>Hosts behind a real sshd, each a folder of this machine with a real web server whose unit a small systemctl looks after.</summary>
public sealed class Hosts : IAsyncLifetime
{
    private const string Systemctl = """
        #!/bin/sh
        verb=$1; for unit in "$@"; do :; done
        file="$(dirname "$0")/unit-${unit%.service}"
        pid=$(cat "$file.pid" 2>/dev/null)
        case $verb in
          restart)
            if [ -n "$pid" ]; then kill "$pid" 2>/dev/null; while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done; fi
            setsid sh "$file" run < /dev/null > /dev/null 2>&1 &
            echo $! > "$file.pid"; date +%s%N > "$file.since";;
          reload) exec sh "$file" reload;;
          show)
            state=active sub=running result=success
            kill -0 "$pid" 2>/dev/null || { state=failed sub=failed result=exit-code; }
            printf 'LoadState=loaded\nActiveState=%s\nSubState=%s\nMainPID=%s\nInvocationID=%s\nResult=%s\n' $state $sub "$pid" "$(cat "$file.since")" $result;;
        esac
        """;

    private readonly string _programs = Directory.CreateTempSubdirectory("deployhub-hosts-").FullName;
    private TestSshd? _sshd;

    /// <summary>Why there are none; null when there are.</summary>
    public static string? Missing => TestSshd.CanStart ? TestDaemon.Missing("busybox") : TestSshd.Why;

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null) return;

        foreach (var (name, script) in new[] { ("systemctl", Systemctl), ("journalctl", "#!/bin/sh\necho none\n"), ("sudo", "#!/bin/sh\n[ \"$1\" = -n ] || exit 1\nshift\nexec \"$@\"\n") })
        {
            await File.WriteAllTextAsync(At(name), script);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(At(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        _sshd = await TestSshd.StartWithPathAsync(_programs);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var file in Directory.GetFiles(_programs, "unit-*.pid"))
            if (int.TryParse(await File.ReadAllTextAsync(file), out var pid)) TestProcess.End(pid);
        if (_sshd is not null) await _sshd.DisposeAsync();
        Directory.Delete(_programs, recursive: true);
    }

    /// <summary>Registers a host whose web server shows a folder below its directory. Answers where it is asked.</summary>
    /// <param name="folder">Such as <c>current/www</c>.</param>
    /// <param name="reload">What the unit does when it reads its configuration again, in the host's directory.</param>
    internal async Task<string> AddAsync(
        StarterEstate estate, string name, string folder = "current/www", string reload = "true", (string, string)[]? labels = null, params (string, string)[] variables)
    {
        estate.Hub.Know("host-key", _sshd!.Key);
        var (unit, port, place) = ($"{estate.Name}-{name}", FreePort.Next(), estate.At(name));
        await File.WriteAllTextAsync(At($"unit-{unit}"), $"cd {place} || exit 1\ncase $1 in\nrun) exec busybox httpd -f -p 127.0.0.1:{port} -h {place}/{folder};;\nreload) {reload};;\nesac\n");
        var connection = new SshConnection("127.0.0.1", _sshd.Port, System.Environment.UserName, _sshd.HostKey, "host-key", place);
        await estate.AddTargetAsync(name, connection, labels, [("unit", unit), ("url", $"http://127.0.0.1:{port}"), .. variables]);
        return $"http://127.0.0.1:{port}";
    }

    /// <summary>Starts what is there before anybody deploys: a release of this label.</summary>
    internal async Task StartAsync(StarterEstate estate, string name, string label)
    {
        Directory.CreateDirectory(estate.At($"{name}/releases/{label}/www"));
        await File.WriteAllTextAsync(estate.At($"{name}/releases/{label}/www/health"), "ok");
        await File.WriteAllTextAsync(estate.At($"{name}/releases/{label}/www/version"), label);
        File.CreateSymbolicLink(estate.At($"{name}/current"), $"releases/{label}");
        await RestartAsync(estate, name);
    }

    internal Task RestartAsync(StarterEstate estate, string name) => TestSshd.RunAsync("sh", At("systemctl"), "restart", "--", $"{estate.Name}-{name}");

    /// <summary>A release of the service: an archive of what it answers.</summary>
    internal static byte[] Release(string label) => Archives.TarGz(("www/health", "ok"), ("www/version", label));

    private string At(string file) => Path.Combine(_programs, file);
}
