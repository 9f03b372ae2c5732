using System.Security.Cryptography;
using DeployHub.Domain;

namespace DeployHub.Worker.Artefacts;

/// <summary>An archive that was written again, where it lies and what it holds.</summary>
internal sealed record SafeTarFile(string Path, long Length, Digest Digest, Repacked Content);

/// <summary>Archives written again by <see cref="SafeTar"/>: once for all targets that want the same at the same time, and gone with the last of them.</summary>
internal sealed class SafeTars
{
    private readonly Dictionary<Wanted, Making> _makings = [];

    /// <exception cref="UnsafeArchiveException">The archive must not be unpacked.</exception>
    public async Task<T> UseAsync<T>(string archive, Digest digest, int strip, long mostBytes, Func<SafeTarFile, Task<T>> use, CancellationToken cancellationToken)
    {
        var wanted = new Wanted(digest, strip, mostBytes);
        var making = Enter(wanted, archive);
        try
        {
            return await use(await making.Made.WaitAsync(cancellationToken));
        }
        finally
        {
            await LeaveAsync(wanted, making);
        }
    }

    private Making Enter(Wanted wanted, string archive)
    {
        lock (_makings)
        {
            if (!_makings.TryGetValue(wanted, out var making) || making.Made.IsFaulted) _makings[wanted] = making = new Making(archive, wanted); // what went wrong may be over
            making.Users++;
            return making;
        }
    }

    private async Task LeaveAsync(Wanted wanted, Making making)
    {
        lock (_makings)
        {
            if (--making.Users > 0) return;
            if (_makings.GetValueOrDefault(wanted) == making) _makings.Remove(wanted);
        }

        await making.DisposeAsync();
    }

    private sealed record Wanted(Digest Digest, int Strip, long MostBytes);

    private sealed class Making : IAsyncDisposable
    {
        private readonly CancellationTokenSource _nobodyWantsIt = new();
        private readonly string _folder = Directory.CreateTempSubdirectory("deployhub-release-").FullName;

        public Making(string archive, Wanted wanted) => Made = Task.Run(() => MakeAsync(archive, wanted));

        public int Users { get; set; }

        public Task<SafeTarFile> Made { get; }

        private async Task<SafeTarFile> MakeAsync(string archive, Wanted wanted)
        {
            var path = Path.Combine(_folder, "release.tar");
            var content = await new SafeTar(wanted.Strip, wanted.MostBytes).WriteAsync(archive, path, _nobodyWantsIt.Token);
            await using var tar = File.OpenRead(path);
            return new SafeTarFile(path, tar.Length, Digest.OfHash(await SHA256.HashDataAsync(tar, _nobodyWantsIt.Token)), content);
        }

        public async ValueTask DisposeAsync()
        {
            await _nobodyWantsIt.CancelAsync();
            await Made.ContinueWith(_ => Directory.Delete(_folder, recursive: true), TaskScheduler.Default);
            _ = Made.Exception; // whoever wanted it was told
            _nobodyWantsIt.Dispose();
        }
    }
}
