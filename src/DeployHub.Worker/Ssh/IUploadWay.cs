namespace DeployHub.Worker.Ssh;

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
