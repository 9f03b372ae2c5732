namespace DeployHub.Worker.Git;

/// <summary>What git, and who it talked to, say about a failure: the lines that a person should read.</summary>
internal sealed class GitComplaint
{
    private static readonly string[] OfServers = ["remote: ", "ERROR: ", "error: "];

    private string? _ofServer;
    private string? _ofGit;

    public void Hear(string line)
    {
        if (line.StartsWith("fatal: ", StringComparison.Ordinal)) _ofGit ??= line["fatal: ".Length..].Trim();
        else if (OfServers.FirstOrDefault(word => line.StartsWith(word, StringComparison.Ordinal)) is { } start && line[start.Length..].Trim() is { Length: > 0 } said) _ofServer ??= said;
    }

    /// <summary>What was heard, or the exit code where nothing was; without a full stop.</summary>
    public string Text(int exitCode) => string.Join("; ", new[] { _ofServer, _ofGit }.OfType<string>()).TrimEnd('.') is { Length: > 0 } text ? text : $"exit code {exitCode}";
}
