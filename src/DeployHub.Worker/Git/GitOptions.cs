namespace DeployHub.Worker.Git;

/// <summary>What a worker does for model sources; section <c>DeployHub:Worker:Git</c>.</summary>
public sealed class GitOptions
{
    /// <summary>How long one look at a source may take.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>A repository that is larger with its history is refused.</summary>
    public int LargestRepositoryMiB { get; set; } = 512;

    /// <summary>
    /// Folders of this machine whose repositories may be read as <c>file://</c>, separated by commas; none unless told. Whoever may register a source
    /// reads in them whatever the worker's account can.
    /// </summary>
    public string Folders { get; set; } = "";
}
