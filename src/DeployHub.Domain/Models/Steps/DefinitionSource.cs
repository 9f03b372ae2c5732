using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Steps;

/// <summary>Where one revision of an environment's definition comes from: a registered component version, or a commit in a Git repository.</summary>
/// <param name="Component">The component's key, such as <c>shop-infrastructure</c>.</param>
/// <param name="Version">Its label; left out, the version that was last deployed to the target or accepted there.</param>
/// <param name="Artefact">An archive of the definition; may be left out when the version has only one.</param>
/// <param name="Git">Instead of a component: the repository, as <c>https://…</c>, <c>ssh://…</c> or <c>file://…</c>.</param>
/// <param name="Commit">The commit's whole hash; a branch or a tag may move.</param>
/// <param name="Token">What the repository's server asks for over https, as <c>${secret:name}</c>.</param>
public sealed record DefinitionSource(string? Component = null, string? Version = null, string? Artefact = null, string? Git = null, string? Commit = null, string? Token = null)
{
    /// <summary>Such as “shop-infrastructure 1.4.0” or “commit 3f2a… of https://…”.</summary>
    [JsonIgnore]
    public string InWords => Git is null ? $"{Component} {Version ?? "as it was deployed last"}" : $"commit {Commit} of {Git}";
}
