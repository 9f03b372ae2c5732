using Microsoft.Win32.SafeHandles;

namespace DeployHub.Worker.Artefacts;

/// <summary>A file that nobody drops while it is held: the shared lock that .NET takes for an open file says so to every process of the machine.</summary>
internal sealed class CachedFile : IDisposable
{
    private readonly SafeFileHandle _hold;

    private CachedFile(string path, SafeFileHandle hold) => (Path, _hold) = (path, hold);

    public string Path { get; }

    /// <summary>Null when it is not there, or is being dropped.</summary>
    public static CachedFile? Hold(string path)
    {
        try
        {
            var hold = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (File.Exists(path)) return new CachedFile(path, hold); // else it was dropped between opening and locking

            hold.Dispose();
        }
        catch (IOException)
        {
            // not there, or held by who drops it
        }

        return null;
    }

    /// <summary>The same hold after the file was renamed.</summary>
    public CachedFile At(string path) => new(path, _hold);

    /// <returns>Whether it is gone.</returns>
    public static bool DropUnlessHeld(string path)
    {
        try
        {
            using var alone = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            File.Delete(path);
            return true;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public void Dispose() => _hold.Dispose();
}
