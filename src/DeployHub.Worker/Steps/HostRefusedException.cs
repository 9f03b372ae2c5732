using System.Net.Sockets;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using Renci.SshNet.Common;

namespace DeployHub.Worker.Steps;

/// <summary>Why a host could not be used: an expected answer of the world.</summary>
internal sealed class HostRefusedException(HaltCause cause, string message) : Exception(message)
{
    public HaltCause Cause { get; } = cause;

    /// <summary>An answer to the attempt to connect, in a sentence that says where and how long was waited.</summary>
    /// <param name="shown">The fingerprint that the host showed, if it came so far.</param>
    public static HostRefusedException Of(ISshHost host, string? via, string? shown, TimeSpan waited, Exception exception)
    {
        var place = $"{host.Host}:{host.Port}{(via is null ? "" : $" (behind {via})")}";
        var time = $"waited {(waited.TotalSeconds < 10 ? $"{waited.TotalSeconds:0.0}" : $"{waited.TotalSeconds:0}")} s";
        return exception switch
        {
            _ when shown is not null && shown != host.HostKey.TrimEnd('=') =>
                new(HaltCause.IdentityMismatch, $"{place} shows the host key {shown}, but {host.HostKey} is pinned. Find out why before you pin another."),
            SshAuthenticationException =>
                new(HaltCause.CredentialInvalid, $"{place} does not let {host.User} in with {(host.SignIn is SshSignIn.Agent ? "the keys of the worker's SSH agent" : $"the secret “{host.Credential}”")}: {exception.Message}"),
            OperationCanceledException or TimeoutException or SshOperationTimeoutException => Unreachable($"{place} did not answer: {time}."),
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } => Unreachable($"{place} refuses connections, nothing listens there: {time}."),
            _ => Unreachable($"{place} cannot be reached, {time}: {exception.Message}"),
        };
    }

    public static HostRefusedException Unreachable(string sentence) => new(HaltCause.TargetUnreachable, sentence);

    /// <summary>True for what a connection says when it is gone; nothing is known of the host then.</summary>
    public static bool IsLost(Exception exception) =>
        exception is SshConnectionException or SshOperationTimeoutException or SocketException or ObjectDisposedException or EndOfStreamException;
}
