using DeployHub.Domain.Inventory;

namespace DeployHub.Worker.Steps;

/// <summary>Where a local step works.</summary>
internal static class Workplace
{
    /// <summary>The given directory, else the local target's, else a fresh empty one.</summary>
    public static string Of(string? given, Connection? connection)
    {
        var directory = given ?? (connection as LocalConnection)?.Directory;
        return directory is null ? Directory.CreateTempSubdirectory("deployhub-step-").FullName : Directory.CreateDirectory(directory).FullName;
    }

    /// <summary>A path that stays below the directory; null when it would leave it.</summary>
    public static string? Below(string directory, string relative)
    {
        var root = Path.GetFullPath(directory);
        var path = Path.GetFullPath(Path.Combine(root, relative));
        return path.StartsWith(root.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path : null;
    }
}
