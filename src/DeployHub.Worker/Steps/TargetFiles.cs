using DeployHub.Domain.Inventory;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace DeployHub.Worker.Steps;

/// <summary>Brings a file of the worker to a target: a copy for a local one, SFTP for one reached by SSH.</summary>
internal static class TargetFiles
{
    /// <summary>Renamed into place when it is whole, so that nobody sees half a file. Folders on the way are made.</summary>
    /// <param name="to">Below the target's directory.</param>
    /// <returns>Why it is not there, in a sentence; null when it is.</returns>
    /// <exception cref="HostRefusedException">The host cannot be used.</exception>
    public static async Task<string?> PutAsync(string file, string to, StepContext context, CancellationToken cancellationToken) => context.Connection switch
    {
        LocalConnection local => await CopyAsync(file, local, to, context, cancellationToken),
        SshConnection host => await SendAsync(file, host, to, context, cancellationToken),
        _ => $"{context.Subject} can only be reached by people, so nothing can be uploaded there.",
    };

    private static async Task<string?> CopyAsync(string file, LocalConnection local, string to, StepContext context, CancellationToken cancellationToken)
    {
        if (Workplace.Below(local.Directory, to) is not { } path) return Outside(to);

        var half = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using (var from = File.OpenRead(file))
            await using (var into = File.Create(half))
                await from.CopyToAsync(into, cancellationToken);
            File.Move(half, path, overwrite: true);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{to} cannot be written on {context.Subject}: {exception.Message}";
        }
        finally
        {
            if (File.Exists(half)) File.Delete(half);
        }
    }

    private static async Task<string?> SendAsync(string file, SshConnection host, string to, StepContext context, CancellationToken cancellationToken)
    {
        if (to.StartsWith('/') || to.Split('/').Contains("..")) return Outside(to);

        using var sftp = await SshHosts.ConnectSftpAsync(host, context.Secrets, cancellationToken);
        var path = $"{host.Directory.TrimEnd('/')}/{to}";
        var half = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            MakeFolders(sftp, path[..path.LastIndexOf('/')]);
            await using (var from = File.OpenRead(file))
                await sftp.UploadFileAsync(from, half, cancellationToken);
            if (sftp.GetAttributes(half).Size != new FileInfo(file).Length) return $"Only a part of {to} arrived on {host.Host}.";

            sftp.RenameFile(half, path, isPosix: true);
            return null;
        }
        catch (Exception exception) when (exception is SshException or SftpPathNotFoundException)
        {
            Drop(sftp, half);
            return $"{to} cannot be written on {host.Host}: {exception.Message}";
        }
        catch (OperationCanceledException)
        {
            Drop(sftp, half);
            throw;
        }
    }

    private static void Drop(SftpClient sftp, string half)
    {
        try
        {
            if (sftp.IsConnected && sftp.Exists(half)) sftp.DeleteFile(half);
        }
        catch (SshException)
        {
            // a host that has just failed may fail again
        }
    }

    private static void MakeFolders(SftpClient sftp, string folder)
    {
        var path = "";
        foreach (var part in folder.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            path += "/" + part;
            if (!sftp.Exists(path)) sftp.CreateDirectory(path);
        }
    }

    private static string Outside(string to) => $"“{to}” would leave the target's directory; uploads stay below it.";
}
