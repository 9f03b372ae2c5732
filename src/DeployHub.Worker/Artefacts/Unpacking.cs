using System.Formats.Tar;

namespace DeployHub.Worker.Artefacts;

/// <summary>Unpacks an artefact on the worker's own machine, by the same rules as on a target.</summary>
internal static class Unpacking
{
    private const long MostBytes = 1024L * 1024 * 1024;

    /// <exception cref="UnsafeArchiveException">The archive must not be unpacked.</exception>
    public static async Task IntoAsync(string archive, string folder, CancellationToken cancellationToken)
    {
        var tar = $"{folder.TrimEnd('/')}.tar";
        try
        {
            await new SafeTar(strip: 0, MostBytes).WriteAsync(archive, tar, cancellationToken);
            Directory.CreateDirectory(folder);
            await TarFile.ExtractToDirectoryAsync(tar, folder, overwriteFiles: false, cancellationToken);
        }
        finally
        {
            File.Delete(tar);
        }
    }
}
