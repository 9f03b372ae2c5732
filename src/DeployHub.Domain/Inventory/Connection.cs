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
/// <inheritdoc cref="ISshHost"/>
/// <param name="Directory">Absolute path on the host that is the target's place; uploads with relative paths go below it.</param>
public sealed record SshConnection(string Host, int Port, string User, string HostKey, string Credential, string Directory) : Connection, ISshHost
{
    public SshSignIn SignIn { get; init; }

    public string? Passphrase { get; init; }

    public string? Certificate { get; init; }

    /// <summary>The host through which this one is reached; null when the worker reaches it directly.</summary>
    public SshJumpHost? Jump { get; init; }
}

/// <summary>Only people reach it: a rack unit, a site, a team.</summary>
public sealed record ManualConnection(string Instructions = "") : Connection;
