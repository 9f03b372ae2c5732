using DeployHub.Domain;

namespace DeployHub.Worker.Ssh;

/// <summary>A file on its way to a host, under a name of its own until it is whole.</summary>
/// <param name="Half">Where it grows.</param>
/// <param name="Path">Where it belongs.</param>
internal sealed record FileToHost(long Length, Digest Digest, string Half, string Path)
{
    public string Folder => Path[..Path.LastIndexOf('/')];
}
