using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>A real sshd on this machine with a host key of its own, which lets one key in as the user of this process.</summary>
internal sealed class TestSshd : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("deployhub-sshd-").FullName;
    private Process? _process;
    private string? _path;

    public int Port { get; private init; } = FreePort();

    public string HostKey { get; private set; } = "";

    /// <summary>The private key that is let in.</summary>
    public string Key { get; private set; } = "";

    public static bool IsInstalled => Binary is not null;

    private static string? Binary => ((string[])["/usr/sbin/sshd", "/usr/local/sbin/sshd"]).FirstOrDefault(File.Exists);

    /// <param name="path">What its commands find first, such as a folder of stand-ins.</param>
    public static async Task<TestSshd> StartAsync(string? path = null)
    {
        var sshd = new TestSshd { _path = path };
        await sshd.MakeKeyAsync("host");
        await sshd.MakeKeyAsync("client");
        sshd.HostKey = (await RunAsync("ssh-keygen", "-lf", sshd.At("host.pub"))).Split(' ')[1];
        sshd.Key = await File.ReadAllTextAsync(sshd.At("client"));
        await sshd.ListenAsync();
        return sshd;
    }

    /// <summary>As after a machine was replaced, or somebody stands in between: the same address, another key.</summary>
    public async Task ChangeHostKeyAsync()
    {
        await StopAsync();
        File.Delete(At("host"));
        await MakeKeyAsync("host");
        await ListenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task ListenAsync()
    {
        string[] options =
        [
            "-o", "ListenAddress=127.0.0.1", "-o", $"AuthorizedKeysFile={At("client.pub")}", "-o", "UsePAM=no", "-o", "StrictModes=no", "-o", $"PidFile={At("pid")}",
            "-o", "Subsystem=sftp internal-sftp", "-o", "PermitRootLogin=yes", .. _path is null ? [] : (string[])["-o", $"SetEnv=PATH={_path}:/usr/local/bin:/usr/bin:/bin"],
        ];
        _process = Process.Start(new ProcessStartInfo(Binary!, ["-D", "-e", "-f", "/dev/null", "-p", $"{Port}", "-h", At("host"), .. options]) { RedirectStandardError = true })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        for (var attempt = 0; ; attempt++)
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (attempt < 200)
            {
                await Task.Delay(25);
            }
        }
    }

    private async Task StopAsync()
    {
        if (_process is null) return;

        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private Task MakeKeyAsync(string name) => RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", At(name));

    private string At(string file) => Path.Combine(_directory, file);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
