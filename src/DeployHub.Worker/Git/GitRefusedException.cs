namespace DeployHub.Worker.Git;

/// <summary>Why a repository could not be read: an expected answer of the world.</summary>
internal sealed class GitRefusedException(string message) : Exception(message);
