using Microsoft.Win32.SafeHandles;

namespace DeployHub.Worker.Artefacts;

/// <summary>Bytes on their way into the cache: kept once they are verified, else gone. Its lock ends with its process, and then anybody clears it away.</summary>
internal sealed class PartFile : IDisposable
{
    private readonly string _path;
    private readonly string _whole;

    /// <param name="length">Bytes, when they are known: room that is taken at once makes writing cheaper.</param>
    public PartFile(string path, string whole, long? length)
    {
        (_path, _whole) = (path, whole);
        Handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, preallocationSize: length ?? 0);
    }

    public SafeFileHandle Handle { get; }

    /// <summary>Under its own name from now on, and held before anybody could drop it. Another process may have brought the same meanwhile: then that one, which others hold, stays.</summary>
    public CachedFile Keep()
    {
        while (true)
        {
            if (CachedFile.Hold(_whole) is { } brought) return brought;

            var held = CachedFile.Hold(_path)!;
            try
            {
                File.Move(_path, _whole, overwrite: false);
                return held.At(_whole);
            }
            catch (IOException) when (File.Exists(_whole))
            {
                held.Dispose();
            }
        }
    }

    public void Dispose()
    {
        Handle.Dispose();
        File.Delete(_path);
    }
}
