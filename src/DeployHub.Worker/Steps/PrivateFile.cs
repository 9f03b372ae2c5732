using System.Text;

namespace DeployHub.Worker.Steps;

/// <summary>A file that holds a secret: nobody but this account can read it, not even while it is written.</summary>
internal static class PrivateFile
{
    public static async Task WriteAsync(string file, string content, CancellationToken cancellationToken, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = mode;
        await using var stream = new FileStream(file, options);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(content), cancellationToken);
    }
}
