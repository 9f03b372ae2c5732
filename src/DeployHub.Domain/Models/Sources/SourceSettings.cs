using System.Text.Json.Serialization;
using DeployHub.Domain.Workers;

namespace DeployHub.Domain.Models.Sources;

/// <summary>What becomes of the documents on a source's branch.</summary>
public enum SourceUse
{
    /// <summary>They become drafts, which people rehearse, approve and publish.</summary>
    Drafts,

    /// <summary>They are published at once, as an import does: whoever may write the branch may publish.</summary>
    Publishes,
}

/// <summary>What people say of a model source. Secrets are named, never held.</summary>
/// <param name="Repository">See <see cref="RepositoryAddress"/>.</param>
/// <param name="Branch">Whose documents are the models.</param>
/// <param name="Folder">Below the repository's root; empty for all of it. Every .yaml and .yml file in it or below is a model document.</param>
public sealed record SourceSettings(string Name, string Repository, string Branch, string Folder = "")
{
    /// <summary>A day: more seldom is as good as never.</summary>
    public const int LongestPause = 1440;

    /// <summary>What becomes of the documents of <see cref="Branch"/>.</summary>
    public SourceUse Use { get; init; }

    /// <summary>Other branches whose changes become drafts, such as <c>models/*</c>; null for none.</summary>
    public string? DraftBranches { get; init; }

    /// <summary>The pinned fingerprint of the SSH server, <c>SHA256:</c> and base64 as <c>ssh-keygen -lf</c> prints it; null where SSH is not used.</summary>
    public string? HostKey { get; init; }

    /// <summary>Name of the secret that opens the repository: over SSH a private key or a password, over https <c>user:token</c> or a token; null where none is asked for.</summary>
    public string? Credential { get; init; }

    /// <summary>Name of the secret that opens the private key; null for a key that lies open.</summary>
    public string? Passphrase { get; init; }

    /// <summary>Minutes between two looks, 1 to 1440; null looks only when a push or a person asks.</summary>
    public int? EveryMinutes { get; init; }

    /// <summary>Name of the secret that pushes are proven with; null when none is listened to.</summary>
    public string? PushSecret { get; init; }

    /// <summary>Only workers of this pool look; empty for the default pool.</summary>
    public string Pool { get; init; } = Pools.Default;

    /// <summary>Whether the changes of another branch become drafts.</summary>
    public bool MakesDraftsOf(string branch) => branch != Branch && DraftBranches is { } pattern && Wildcard.Matches(pattern, branch, caseCounts: true);

    /// <summary>The pause between two looks; null without a schedule.</summary>
    [JsonIgnore]
    public TimeSpan? Every => EveryMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null;
}
