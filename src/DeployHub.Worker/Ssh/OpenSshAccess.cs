using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Ssh;

/// <summary>
/// What the ssh program of this machine needs to reach a host as our own connections do: with the same sign-in, the same pinned key and the
/// same way through a jump host. Secrets lie in files that only this account can read, in a folder that the caller removes.
/// </summary>
internal sealed class OpenSshAccess : IDisposable
{
    private const string Alias = "deployhub-target";
    private const int LongestSocketPath = 80; // the system's limit, less what ssh appends while it makes one

    private readonly Route? _route;
    private readonly List<string> _options = [];

    private OpenSshAccess(ISshHost host, Route? route, string folder, SshOptions options)
    {
        (_route, Host, Port, Folder) = (route, route is null ? host.Host : "127.0.0.1", route?.Port ?? host.Port, folder);
        ShareConnection();
        Say("StrictHostKeyChecking", "yes");
        Say("UserKnownHostsFile", KnownHosts);
        Say("GlobalKnownHostsFile", "none");
        Say("HostKeyAlias", Alias);
        Say("UpdateHostKeys", "no");
        Say("ConnectTimeout", Seconds(options.ConnectLimit));
        Say("ServerAliveInterval", Seconds(options.KeepAlive));
    }

    public string Host { get; }

    public int Port { get; }

    /// <summary>Arguments for ssh, sftp and scp, each as it stands; they come before any others, as the first one counts.</summary>
    public IReadOnlyList<string> Arguments => ["-F", "none", .. _options];

    /// <summary>What ssh must find in its environment.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    private string Folder { get; }

    private string Control => Path.Combine(Folder, "c");

    private string KnownHosts => Path.Combine(Folder, "known_hosts");

    /// <param name="hostKey">The key that was compared with the pinned fingerprint, as it goes over the wire.</param>
    /// <param name="folder">Made, and readable for this account only.</param>
    /// <exception cref="HostRefusedException">A secret is unknown, or nothing that ssh could use.</exception>
    public static async Task<OpenSshAccess> PrepareAsync(ISshHost host, byte[] hostKey, Route? route, string folder, ISecrets secrets, SshOptions options, CancellationToken cancellationToken)
    {
        var access = new OpenSshAccess(host, route, folder, options);
        try
        {
            Directory.CreateDirectory(folder);
            await access.KeepAsync("known_hosts", $"{Alias} {TypeOf(hostKey)} {Convert.ToBase64String(hostKey)}\n", cancellationToken);
            await access.SignInAsync(host, secrets, options, cancellationToken);
            return access;
        }
        catch
        {
            access.Dispose();
            throw;
        }
    }

    /// <summary>Ends the connection that the program's calls shared, and with it whatever one that was cut off left there.</summary>
    public void Dispose()
    {
        if (File.Exists(Control)) EndConnection();
        _route?.Dispose();
    }

    /// <summary>A connection for each call costs more than most calls. It outlives a worker that is lost by seconds only.</summary>
    private void ShareConnection()
    {
        var fits = Control.Length <= LongestSocketPath;
        Say("ControlMaster", fits ? "auto" : "no");
        Say("ControlPath", fits ? Control : "none");
        if (fits) Say("ControlPersist", "30");
    }

    private void EndConnection()
    {
        using var exit = Process.Start(new ProcessStartInfo("ssh", ["-F", "none", "-o", $"ControlPath={Control}", "-O", "exit", Host]) { RedirectStandardError = true, RedirectStandardOutput = true });
        exit?.WaitForExit(TimeSpan.FromSeconds(5));
    }

    private async Task SignInAsync(ISshHost host, ISecrets secrets, SshOptions options, CancellationToken cancellationToken)
    {
        if (host.SignIn is SshSignIn.Agent)
        {
            Say("IdentityAgent", options.AgentSocket ?? "none");
            return;
        }

        Say("IdentityAgent", "none");
        var credential = await SignIn.SecretAsync(host, host.Credential, secrets, cancellationToken);
        if (!SignIn.IsKey(credential))
        {
            Say("PreferredAuthentications", "password,keyboard-interactive");
            Say("PasswordAuthentication", "yes");
            Say("KbdInteractiveAuthentication", "yes");
            Say("PubkeyAuthentication", "no");
            await AnswerAsync(credential, cancellationToken);
            return;
        }

        if (SignIn.IsPutty(credential)) throw new HostRefusedException(HaltCause.CredentialInvalid, $"The private key in the secret “{host.Credential}” is in PuTTY's format, which the ssh program cannot read.");
        Say("IdentitiesOnly", "yes");
        Say("IdentityFile", await KeepAsync("key", credential.TrimEnd() + "\n", cancellationToken));
        if (host.Certificate is { } certificate) Say("CertificateFile", await KeepAsync("key-cert.pub", await SignIn.SecretAsync(host, certificate, secrets, cancellationToken), cancellationToken));
        if (host.Passphrase is { } passphrase) await AnswerAsync(await SignIn.SecretAsync(host, passphrase, secrets, cancellationToken), cancellationToken);
    }

    /// <summary>ssh takes neither a password nor a passphrase but from somebody whom it asks.</summary>
    private async Task AnswerAsync(string answer, CancellationToken cancellationToken)
    {
        Say("NumberOfPasswordPrompts", "1");
        var kept = await KeepAsync("answer", answer + "\n", cancellationToken);
        Environment["SSH_ASKPASS"] = await KeepAsync("ask", $"#!/bin/sh\nexec cat {RemoteCommand.Quoted(kept)}\n", cancellationToken, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Environment["SSH_ASKPASS_REQUIRE"] = "force";
    }

    private async Task<string> KeepAsync(string name, string content, CancellationToken cancellationToken, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        var file = Path.Combine(Folder, name);
        await PrivateFile.WriteAsync(file, content, cancellationToken, mode);
        return file;
    }

    private void Say(string option, string value) => _options.AddRange(["-o", $"{option}={value}"]);

    private static string Seconds(TimeSpan time) => Math.Max(1, (int)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>A key begins with its type, which is not always the name of the algorithm that was agreed on.</summary>
    private static string TypeOf(byte[] key) => Encoding.ASCII.GetString(key, 4, (int)BinaryPrimitives.ReadUInt32BigEndian(key));
}
