using DeployHub.Domain.Inventory;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Artefacts.Stores;

/// <summary>What lies in a folder of a store that is a folder itself.</summary>
internal static class FolderListing
{
    /// <summary>A folder with more is no place to pick a file from; what comes first is told.</summary>
    private const int MostSeen = 20_000;

    private static readonly EnumerationOptions Options = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System };

    /// <param name="root">Where the store lies.</param>
    /// <param name="folder">Below it; empty for itself.</param>
    public static StoreAnswer Of(string root, string folder)
    {
        var place = folder.Length == 0 ? Path.GetFullPath(root) : Workplace.Below(root, folder);
        if (place is null) return StoreAnswer.Failed($"{folder} would leave the store's folder {root}.");
        if (!Directory.Exists(root)) return StoreAnswer.Failed($"This worker does not see the folder {root}. Every worker has to: mount it, or correct where the store lies.");
        if (!Directory.Exists(place)) return StoreAnswer.Failed($"There is no folder {folder} in the store.");

        try
        {
            var seen = new DirectoryInfo(place).EnumerateFileSystemInfos("*", Options).Take(MostSeen).Select(entry => Seen(root, entry)).ToList();
            var sorted = seen.OrderByDescending(file => file.IsFolder).ThenByDescending(file => file.IsFolder ? default : file.WrittenAt).ThenBy(file => file.Path, StringComparer.Ordinal);
            return new StoreAnswer([.. sorted.Take(StoreLook.MostFiles)], HasMore: seen.Count > StoreLook.MostFiles);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            return StoreAnswer.Failed($"{(folder.Length == 0 ? root : folder)} cannot be read: {exception.Message}");
        }
    }

    private static StoredFile Seen(string root, FileSystemInfo entry) =>
        new(Path.GetRelativePath(root, entry.FullName).Replace(Path.DirectorySeparatorChar, '/'), SizeOf(entry), new DateTimeOffset(entry.LastWriteTimeUtc, TimeSpan.Zero));

    /// <summary>Null for a folder. A link that leads nowhere is an empty file.</summary>
    private static long? SizeOf(FileSystemInfo entry) => entry switch
    {
        DirectoryInfo => null,
        FileInfo { Exists: true } file => file.Length,
        _ => 0,
    };
}
