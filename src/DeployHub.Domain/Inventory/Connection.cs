using System.Text.Json.Serialization;

namespace DeployHub.Domain.Inventory;

/// <summary>How a worker reaches a target. Secrets are named, never held.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(LocalConnection), "local")]
[JsonDerivedType(typeof(SshConnection), "ssh")]
[JsonDerivedType(typeof(ManualConnection), "manual")]
public abstract record Connection
{
    private protected Connection() { }
}

/// <summary>The worker's own machine.</summary>
/// <param name="Directory">Absolute path that is the target's place on it.</param>
public sealed record LocalConnection(string Directory) : Connection;

/// <summary>A host reached by SSH.</summary>
/// <param name="HostKey">The pinned fingerprint, <c>SHA256:</c> and base64 as <c>ssh-keygen -lf</c> prints it; another key is refused.</param>
/// <param name="Credential">Name of the secret that holds the private key or the password.</param>
/// <param name="Directory">Absolute path on the host that is the target's place; uploads with relative paths go below it.</param>
public sealed record SshConnection(string Host, int Port, string User, string HostKey, string Credential, string Directory) : Connection;

/// <summary>Only people reach it: a rack unit, a site, a team.</summary>
public sealed record ManualConnection(string Instructions = "") : Connection;
