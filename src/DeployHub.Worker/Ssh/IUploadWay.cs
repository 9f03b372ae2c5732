using DeployHub.Domain;

namespace DeployHub.Worker.Ssh;

/// <summary>A file on its way to a host, under a name of its own until it is whole.</summary>
/// <param name="Half">Where it grows.</param>
/// <param name="Path">Where it belongs.</param>
internal sealed record FileToHost(long Length, Digest Digest, string Half, string Path)
{
    public string Folder => Path[..Path.LastIndexOf('/')];
}

internal enum Arrival
{
    /// <summary>It is whole and in its place.</summary>
    Placed,

    /// <summary>Something else has arrived, and was removed.</summary>
    Differs,

    /// <summary>It is whole, and this way cannot compare it.</summary>
    CannotTell,
}

/// <summary>One try to bring a file, over one connection.</summary>
internal interface IUploadWay : IDisposable
{
    /// <summary>Bytes that were brought before.</summary>
    long There { get; }

    /// <summary>Brings the rest, compares the whole there and renames it into place.</summary>
    /// <exception cref="Renci.SshNet.Common.SshException">It cannot be written; nothing is left of it. Or the connection was lost; see <see cref="Steps.HostRefusedException.IsLost"/>.</exception>
    Task<Arrival> CompleteAsync(FileStream from, CancellationToken cancellationToken);
}
