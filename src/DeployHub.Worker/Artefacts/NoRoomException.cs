namespace DeployHub.Worker.Artefacts;

/// <summary>The disk that keeps verified copies has no room, in words that end a sentence.</summary>
internal sealed class NoRoomException(string words) : Exception(words)
{
    private const int DiskFullUnix = 28; // ENOSPC

    private const int DiskFullWindows = unchecked((int)0x80070070); // ERROR_DISK_FULL

    public static bool Is(IOException exception) => exception.HResult is DiskFullUnix or DiskFullWindows;
}
