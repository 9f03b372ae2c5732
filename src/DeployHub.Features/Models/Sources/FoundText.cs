namespace DeployHub.Features.Models.Sources;

/// <summary>A document as a worker found it in Git.</summary>
/// <param name="Path">From the repository's root.</param>
/// <param name="Blob">Git's own hash of it.</param>
/// <param name="Bytes">Null when it is larger than any model document.</param>
/// <param name="Commits">That wrote it since it was looked at last, newest first; at least one.</param>
public sealed record FoundText(string Branch, string Path, string Blob, byte[]? Bytes, IReadOnlyList<FoundCommit> Commits);

/// <param name="Email">Of the author; nobody has proven it.</param>
/// <param name="Committer">The address of whoever made the commit of it; nobody has proven that either.</param>
/// <param name="Subject">The first line of what the author said of it.</param>
public sealed record FoundCommit(string Hash, string Author, string Email, string Subject, string Committer = "");
