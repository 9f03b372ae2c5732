using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DeployHub.Domain.Inventory;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>A real sshd on this machine with a host key of its own, which lets one key in as the user of this process.</summary>
internal sealed class TestSshd : IAsyncDisposable
{
    public const string Why = "Needs sshd, and root to start one that lets anybody in.";

    private readonly string _directory = Directory.CreateTempSubdirectory("deployhub-sshd-").FullName;
    private readonly List<string> _said = [];
    private string[] _options = [];
    private Process? _process;
    private string? _path;

    public string Address { get; private init; } = "127.0.0.1";

    public int Port { get; private init; } = FreePort.Next();

    public string HostKey { get; private set; } = "";

    /// <summary>The private key that is let in.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The home of who signs in: an empty one, as log-in scripts of this machine may take their time.</summary>
    public string Home => Directory.CreateDirectory(At("home")).FullName;

    /// <summary>How often somebody was let in since it started.</summary>
    public int SignIns => Said(" ssh2", "Accepted ");

    public static bool IsInstalled => Binary is not null;

    public static bool CanStart => Binary is not null && System.Environment.UserName is "root";

    private static string? Binary => ((string[])["/usr/sbin/sshd", "/usr/local/sbin/sshd"]).FirstOrDefault(File.Exists);

    /// <param name="address">Any of 127/8 is this machine, so a fleet needs no more.</param>
    /// <param name="options">In the form of sshd_config, such as <c>PasswordAuthentication=no</c>.</param>
    public static async Task<TestSshd> StartAsync(string address = "127.0.0.1", params string[] options)
    {
        var sshd = new TestSshd { Address = address, _options = options };
        await sshd.MakeAsync();
        return sshd;
    }

    /// <param name="path">What its commands find first, such as a folder of stand-ins.</param>
    public static async Task<TestSshd> StartWithPathAsync(string path)
    {
        var sshd = new TestSshd { _path = path };
        await sshd.MakeAsync();
        return sshd;
    }

    private async Task MakeAsync()
    {
        await MakeKeyAsync("host");
        await MakeKeyAsync("client");
        HostKey = await FingerprintAsync(At("host.pub"));
        Key = await File.ReadAllTextAsync(At("client"));
        await ListenAsync();
    }

    public SshConnection ConnectionTo(string directory, string credential = "ssh-key") =>
        new(Address, Port, System.Environment.UserName, HostKey, credential, directory);

    public SshJumpHost AsJump(string credential = "ssh-key") => new(Address, Port, System.Environment.UserName, HostKey, credential);

    /// <summary>As after a machine was replaced, or somebody stands in between: the same address, another key.</summary>
    /// <returns>The new key's fingerprint.</returns>
    public async Task<string> ChangeHostKeyAsync()
    {
        await StopAsync();
        File.Delete(At("host"));
        await MakeKeyAsync("host");
        await ListenAsync();
        return await FingerprintAsync(At("host.pub"));
    }

    /// <summary>Lets another key in too. Answers its private half.</summary>
    public async Task<string> LetInAsync(string type = "ed25519", string passphrase = "")
    {
        var name = $"other-{Guid.NewGuid():N}";
        await MakeKeyAsync(name, type, passphrase);
        await File.AppendAllTextAsync(At("client.pub"), await File.ReadAllTextAsync(At($"{name}.pub")));
        return await File.ReadAllTextAsync(At(name));
    }

    /// <summary>Ends every connection that is open, as a broken network or a restarted machine does; what was started goes on. Answers how many.</summary>
    public int DropConnections()
    {
        var dropped = 0;
        foreach (var status in Directory.EnumerateDirectories("/proc").Where(entry => int.TryParse(Path.GetFileName(entry), out _)))
        {
            if (!IsChild(status)) continue;

            using var kill = Process.Start("kill", ["-KILL", Path.GetFileName(status)]);
            kill.WaitForExit();
            dropped++;
        }

        return dropped;
    }

    public int Said(params string[] words)
    {
        lock (_said) return _said.Count(line => words.All(word => line.Contains(word, StringComparison.Ordinal)));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_directory, recursive: true);
    }

    public string At(string file) => Path.Combine(_directory, file);

    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    public async Task StopAsync()
    {
        if (_process is null) return;

        DropConnections();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async Task ListenAsync()
    {
        string[] options =
        [
            .. _options, // the first that is said counts
            $"ListenAddress={Address}", $"AuthorizedKeysFile={At("client.pub")}", "UsePAM=no", "StrictModes=no", $"PidFile={At("pid")}", "Subsystem=sftp internal-sftp",
            $"SetEnv=HOME={Home}{(_path is null ? "" : $" PATH={_path}:/usr/local/bin:/usr/bin:/bin")}", "PermitRootLogin=yes", "LogLevel=VERBOSE", "MaxStartups=100",
        ];
        _process = Process.Start(new ProcessStartInfo(
            Binary!, ["-D", "-e", "-f", "/dev/null", "-p", $"{Port}", "-h", At("host"), .. options.SelectMany(option => new[] { "-o", option })])
        { RedirectStandardError = true })!;
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginErrorReadLine();
        for (var attempt = 0; ; attempt++)
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(IPAddress.Parse(Address), Port);
                return;
            }
            catch (SocketException) when (attempt < 400)
            {
                await Task.Delay(25);
            }
        }
    }

    /// <summary>Lets accounts other than root read what sshd reads as them.</summary>
    public async Task<TestSshd> ForOthersToo()
    {
        await RunAsync("chmod", "a+rx", _directory, At("client.pub"), Home); // not the private keys: nobody would use them any more
        return this;
    }

    private void Hear(string? line)
    {
        lock (_said) _said.Add(line ?? "");
    }

    private bool IsChild(string process)
    {
        try
        {
            var status = File.ReadAllText(Path.Combine(process, "stat"));
            return status[(status.LastIndexOf(')') + 2)..].Split(' ')[1] == $"{_process!.Id}";
        }
        catch (IOException)
        {
            return false; // it has just ended
        }
    }

    private static async Task<string> FingerprintAsync(string file) => (await RunAsync("ssh-keygen", "-lf", file)).Split(' ')[1];

    private Task MakeKeyAsync(string name, string type = "ed25519", string passphrase = "") => RunAsync("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-f", At(name));
}
