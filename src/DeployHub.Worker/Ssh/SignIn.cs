using System.Text;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace DeployHub.Worker.Ssh;

/// <summary>Turns the names of secrets into what a host asks for. No sentence of it says more than names.</summary>
internal static class SignIn
{
    /// <exception cref="HostRefusedException">A secret is unknown or not what it should be, or there is no agent.</exception>
    public static async Task<AuthenticationMethod> OfAsync(ISshHost host, ISecrets secrets, SshOptions options, CancellationToken cancellationToken)
    {
        if (host.SignIn is SshSignIn.Agent) return new PrivateKeyAuthenticationMethod(host.User, await AgentKeysAsync(host, options, cancellationToken));

        var credential = await SecretAsync(host, host.Credential, secrets, cancellationToken);
        if (IsKey(credential)) return new PrivateKeyAuthenticationMethod(host.User, await KeyAsync(host, credential, secrets, cancellationToken));

        if (host.Passphrase is not null || host.Certificate is not null)
            throw Invalid($"The secret “{host.Credential}” for {host.Host} holds no private key, so neither a passphrase nor a certificate goes with it.");
        return new PasswordAuthenticationMethod(host.User, credential);
    }

    private static async Task<IPrivateKeySource> KeyAsync(ISshHost host, string key, ISecrets secrets, CancellationToken cancellationToken)
    {
        var passphrase = host.Passphrase is { } named ? await SecretAsync(host, named, secrets, cancellationToken) : null;
        var certificate = host.Certificate is { } other ? await SecretAsync(host, other, secrets, cancellationToken) : null;
        try
        {
            return certificate is null ? new PrivateKeyFile(Bytes(key), passphrase) : new PrivateKeyFile(Bytes(key), passphrase, Bytes(certificate));
        }
        catch (SshPassPhraseNullOrEmptyException)
        {
            throw Invalid($"The private key in the secret “{host.Credential}” is locked: name the secret that holds its passphrase.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var with = (passphrase, certificate) switch
            {
                (not null, null) => $" with the passphrase in “{host.Passphrase}”",
                (null, not null) => $" with the certificate in “{host.Certificate}”",
                (not null, not null) => $" with the passphrase in “{host.Passphrase}” and the certificate in “{host.Certificate}”",
                _ => "",
            };
            throw Invalid($"The private key in the secret “{host.Credential}” cannot be used{with}: {exception.GetType().Name}.");
        }
    }

    private static async Task<IPrivateKeySource[]> AgentKeysAsync(ISshHost host, SshOptions options, CancellationToken cancellationToken)
    {
        if (options.AgentSocket is not { Length: > 0 } socket) throw Invalid($"{host.Host} is signed in to by SSH agent, but this worker has none: start it with SSH_AUTH_SOCK set.");

        var keys = await SshAgent.KeysAsync(socket, cancellationToken) ?? throw Invalid($"The SSH agent at {socket} does not answer, so {host.Host} cannot be signed in to.");
        return keys.Count > 0 ? [.. keys] : throw Invalid($"The SSH agent at {socket} holds no key, so {host.Host} cannot be signed in to.");
    }

    public static async Task<string> SecretAsync(ISshHost host, string name, ISecrets secrets, CancellationToken cancellationToken) =>
        await secrets.FindAsync(name, cancellationToken) ?? throw Invalid($"This worker knows no secret named “{name}” to sign in to {host.Host}.");

    /// <summary>Else it is a password.</summary>
    public static bool IsKey(string credential) => credential.StartsWith("-----BEGIN", StringComparison.Ordinal) || IsPutty(credential);

    public static bool IsPutty(string credential) => credential.StartsWith("PuTTY-User-Key-File", StringComparison.Ordinal);

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text.TrimEnd() + "\n"));

    private static HostRefusedException Invalid(string sentence) => new(HaltCause.CredentialInvalid, sentence);
}
