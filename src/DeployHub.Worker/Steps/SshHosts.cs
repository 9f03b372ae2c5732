using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace DeployHub.Worker.Steps;

/// <summary>Why a host could not be used: an expected answer of the world.</summary>
internal sealed class HostRefusedException(HaltCause cause, string message) : Exception(message)
{
    public HaltCause Cause { get; } = cause;
}

/// <summary>Warm SSH connections, one for each target and reused by its steps; a host that shows another key is refused.</summary>
internal sealed class SshHosts(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<SshConnection, Warm> _warm = [];

    /// <exception cref="HostRefusedException">Unreachable, another host key, or not let in.</exception>
    public async Task<SshClient> ConnectAsync(SshConnection host, ISecrets secrets, CancellationToken cancellationToken)
    {
        CloseIdle();
        if (_warm.TryGetValue(host, out var warm) && warm.Client.IsConnected)
        {
            warm.UsedAt = clock.GetUtcNow();
            return warm.Client;
        }

        var client = new SshClient(await ConnectionAsync(host, secrets, cancellationToken)) { KeepAliveInterval = TimeSpan.FromSeconds(15) };
        await OpenAsync(client, host, cancellationToken);
        _warm[host] = new Warm(client) { UsedAt = clock.GetUtcNow() };
        return client;
    }

    /// <exception cref="HostRefusedException">Unreachable, another host key, or not let in.</exception>
    public static async Task<SftpClient> ConnectSftpAsync(SshConnection host, ISecrets secrets, CancellationToken cancellationToken)
    {
        var client = new SftpClient(await ConnectionAsync(host, secrets, cancellationToken));
        await OpenAsync(client, host, cancellationToken);
        return client;
    }

    public void Dispose()
    {
        foreach (var warm in _warm.Values) warm.Client.Dispose();
    }

    private static async Task<ConnectionInfo> ConnectionAsync(SshConnection host, ISecrets secrets, CancellationToken cancellationToken)
    {
        var credential = await secrets.FindAsync(host.Credential, cancellationToken)
            ?? throw new HostRefusedException(HaltCause.CredentialInvalid, $"This worker knows no secret named “{host.Credential}” to sign in to {host.Host}.");
        AuthenticationMethod method = credential.StartsWith("-----BEGIN", StringComparison.Ordinal)
            ? new PrivateKeyAuthenticationMethod(host.User, new PrivateKeyFile(new MemoryStream(Encoding.UTF8.GetBytes(credential.TrimEnd() + "\n"))))
            : new PasswordAuthenticationMethod(host.User, credential);
        return new ConnectionInfo(host.Host, host.Port, host.User, method) { Timeout = ConnectLimit };
    }

    private static async Task OpenAsync(BaseClient client, SshConnection host, CancellationToken cancellationToken)
    {
        string? shown = null;
        client.HostKeyReceived += (_, key) =>
        {
            shown = $"SHA256:{key.FingerPrintSHA256.TrimEnd('=')}";
            key.CanTrust = shown == host.HostKey.TrimEnd('=');
        };
        try
        {
            await client.ConnectAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            client.Dispose();
            throw Refusal(host, shown, exception);
        }
    }

    private static HostRefusedException Refusal(SshConnection host, string? shown, Exception exception) => exception switch
    {
        _ when shown is not null && shown != host.HostKey.TrimEnd('=') =>
            new(HaltCause.IdentityMismatch, $"{host.Host} shows the host key {shown}, but {host.HostKey} is pinned. Find out why before you pin another."),
        SshAuthenticationException => new(HaltCause.CredentialInvalid, $"{host.Host} does not let {host.User} in with the secret “{host.Credential}”: {exception.Message}"),
        SocketException or SshException or SshOperationTimeoutException or ProxyException => new(HaltCause.TargetUnreachable, $"{host.Host}:{host.Port} cannot be reached: {exception.Message}"),
        _ => new(HaltCause.TargetUnreachable, $"{host.Host}:{host.Port} cannot be used: {exception.Message}"),
    };

    private void CloseIdle()
    {
        foreach (var (host, warm) in _warm)
            if (warm.UsedAt + IdleLimit < clock.GetUtcNow() && _warm.TryRemove(new KeyValuePair<SshConnection, Warm>(host, warm))) warm.Client.Dispose();
    }

    private sealed class Warm(SshClient client)
    {
        public SshClient Client => client;

        public DateTimeOffset UsedAt { get; set; }
    }
}
