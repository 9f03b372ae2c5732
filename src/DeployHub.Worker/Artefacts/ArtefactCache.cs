using System.Collections.Concurrent;
using DeployHub.Domain;
using Microsoft.Extensions.Configuration;

namespace DeployHub.Worker.Artefacts;

/// <summary>
/// Verified copies on this machine, named by digest, in <c>DeployHub:ArtefactCache</c>. What is in use, by this process or another one,
/// stays; of the rest the least recently used goes when there are more than <c>DeployHub:ArtefactCacheMiB</c> (2048). Locks of the system
/// say what is in use, so a process that died leaves nothing behind that nobody may remove.
/// </summary>
internal sealed class ArtefactCache(IConfiguration configuration)
{
    private const string Unfinished = ".part";

    private readonly DirectoryInfo _folder = FolderOf(configuration["DeployHub:ArtefactCache"] ?? Path.Combine(Path.GetTempPath(), $"deployhub-artefacts-{System.Environment.UserName}"));
    private readonly long _limit = configuration.GetValue("DeployHub:ArtefactCacheMiB", 2048L) * 1024 * 1024;
    private readonly ConcurrentDictionary<Digest, bool> _seenWhole = [];

    /// <summary>The copy, held; null when there is none. What this process finds for the first time is compared: a machine that lost its power may have kept only a part.</summary>
    public async Task<CachedFile?> FindAsync(Digest digest, CancellationToken cancellationToken)
    {
        var path = PathOf(digest);
        if (CachedFile.Hold(path) is not { } held) return null;
        if (!_seenWhole.ContainsKey(digest) && !await IsWholeAsync(held, digest, cancellationToken))
        {
            held.Dispose();
            CachedFile.DropUnlessHeld(path);
            return null;
        }

        _seenWhole[digest] = true;
        File.SetLastAccessTimeUtc(path, DateTime.UtcNow);
        return held;
    }

    /// <summary>Its bytes were compared while they came.</summary>
    public void WasVerified(Digest digest) => _seenWhole[digest] = true;

    private static async Task<bool> IsWholeAsync(CachedFile held, Digest digest, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(held.Path, new FileStreamOptions { BufferSize = 0, Share = FileShare.Read | FileShare.Delete });
        return (await Transfer.RunAsync(file, null, long.MaxValue, cancellationToken)).Digest == digest;
    }

    /// <summary>Nobody else may write there: what lies there is deployed.</summary>
    private static DirectoryInfo FolderOf(string path)
    {
        if (OperatingSystem.IsWindows()) return Directory.CreateDirectory(path);

        var folder = Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return (folder.UnixFileMode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0
            ? folder
            : throw new InvalidOperationException($"Others may write to the artefact cache {path}, so nothing in it could be trusted: take that right away (chmod go-w), or set DeployHub:ArtefactCache to a folder of the worker's own.");
    }

    /// <summary>A file for what is about to come.</summary>
    /// <param name="length">Bytes, when they are known.</param>
    /// <exception cref="NoRoomException">The disk has no room for that.</exception>
    public PartFile Begin(Digest digest, long? length)
    {
        MakeRoom(length ?? 0);
        var free = new DriveInfo(_folder.FullName).AvailableFreeSpace;
        if (length > free) throw new NoRoomException($"it has {length / 1024.0 / 1024:N1} MiB and {_folder.FullName} has {free / 1024.0 / 1024:N1} MiB free");

        return new PartFile($"{PathOf(digest)}.{Guid.NewGuid():N}{Unfinished}", PathOf(digest), length);
    }

    private string PathOf(Digest digest) => Path.Combine(_folder.FullName, digest.ToString().Replace(':', '-'));

    private void MakeRoom(long coming)
    {
        var files = _folder.GetFiles("sha256-*").OrderByDescending(file => file.LastAccessTimeUtc).ToList();
        foreach (var file in files.Where(file => file.Name.EndsWith(Unfinished, StringComparison.Ordinal))) CachedFile.DropUnlessHeld(file.FullName);

        var kept = coming;
        foreach (var file in files.Where(file => !file.Name.EndsWith(Unfinished, StringComparison.Ordinal)))
            if ((kept += file.Length) > _limit && CachedFile.DropUnlessHeld(file.FullName)) kept -= file.Length;
    }
}
