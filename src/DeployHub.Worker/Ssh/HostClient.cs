using DeployHub.Domain.Inventory;
using Renci.SshNet;

namespace DeployHub.Worker.Ssh;

/// <summary>A warm connection that knows who uses it, so that nobody closes it under them, and how to be opened again.</summary>
internal sealed class HostClient(
    ISshHost host, ConnectionInfo connection, Route? route, Func<HostClient, CancellationToken, Task<HostClient>> reopen, TimeProvider clock) : SshClient(connection)
{
    private const int MostUploads = 6; // of the ten things that may be done at once over one connection

    private readonly SemaphoreSlim _uploads = new(MostUploads);
    private int _uses;
    private DateTimeOffset _usedAt = clock.GetUtcNow();

    /// <summary>What people call it; behind a jump host the connection itself leads to this machine.</summary>
    public string Host => host.Host;

    /// <summary>The key that the host showed and that is pinned, as it went over the wire.</summary>
    public byte[] HostKey { get; set; } = [];

    public bool IsIdleSince(DateTimeOffset then) => Volatile.Read(ref _uses) == 0 && _usedAt < then;

    public IDisposable Use()
    {
        Interlocked.Increment(ref _uses);
        return new Until(() =>
        {
            Touch();
            Interlocked.Decrement(ref _uses);
        });
    }

    /// <summary>Uploads last, and whoever runs a command or has to end one must find room beside them. Disposing gives the place back.</summary>
    public async Task<IDisposable> PlaceForUploadAsync(CancellationToken cancellationToken)
    {
        await _uploads.WaitAsync(cancellationToken);
        return new Until(() => _uploads.Release());
    }

    public void Touch() => _usedAt = clock.GetUtcNow();

    /// <summary>For who found this connection dropped before anything was started on it.</summary>
    public Task<HostClient> ReopenAsync(CancellationToken cancellationToken) => reopen(this, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) route?.Dispose();
    }

    /// <summary>What is over once is over, however often it is said.</summary>
    private sealed class Until(Action over) : IDisposable
    {
        private int _isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0) over();
        }
    }
}
