namespace DeployHub.Domain.Inventory;

/// <summary>A host that a worker signs in to by SSH: a target, or the jump host before it. Secrets are named, never held.</summary>
public interface ISshHost
{
    string Host { get; }

    int Port { get; }

    string User { get; }

    /// <summary>The pinned fingerprint, <c>SHA256:</c> and base64 as <c>ssh-keygen -lf</c> prints it; another key is refused.</summary>
    string HostKey { get; }

    SshSignIn SignIn { get; }

    /// <summary>Name of the secret that holds the private key or the password; empty when an agent signs in.</summary>
    string Credential { get; }

    /// <summary>Name of the secret that opens the private key; null for a key that lies open.</summary>
    string? Passphrase { get; }

    /// <summary>Name of the secret that holds the OpenSSH certificate of the private key; null without one.</summary>
    string? Certificate { get; }
}

/// <summary>How a worker proves to a host who it is.</summary>
public enum SshSignIn
{
    /// <summary>With a secret that holds a private key or a password, whichever it is.</summary>
    Secret,

    /// <summary>With the keys of the SSH agent on the worker's machine, so that the worker never sees them.</summary>
    Agent,
}

/// <summary>A host that stands before others; the worker reaches them through it.</summary>
/// <inheritdoc cref="ISshHost"/>
public sealed record SshJumpHost(string Host, int Port, string User, string HostKey, string Credential = "") : ISshHost
{
    public SshSignIn SignIn { get; init; }

    public string? Passphrase { get; init; }

    public string? Certificate { get; init; }
}
