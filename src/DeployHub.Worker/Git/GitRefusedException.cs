namespace DeployHub.Worker.Git;

/// <summary>Why a repository could not be read: an expected answer of the world.</summary>
internal sealed class GitRefusedException(string message) : Exception(message)
{
    /// <summary>How long it is of no use to look again; zero where that may help at once.</summary>
    public TimeSpan Pause { get; init; }
}
