using System.Security.Cryptography;
using DeployHub.Domain;
using DeployHub.Worker.Steps;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace DeployHub.Worker.Ssh;

/// <summary>Over a connection of its own, for accounts that have no shell and hosts that cannot compute a digest: the file is read back instead.</summary>
internal sealed class SftpUpload : IUploadWay
{
    private const int Block = 256 * 1024;

    private readonly SftpClient _sftp;
    private readonly FileToHost _what;

    private SftpUpload(SftpClient sftp, FileToHost what, long there) => (_sftp, _what, There) = (sftp, what, there);

    public long There { get; }

    /// <summary>The connection is the upload's from now on.</summary>
    /// <exception cref="SshException">It cannot be written there, or the connection was lost.</exception>
    public static async Task<SftpUpload> OpenAsync(SftpClient sftp, FileToHost what, CancellationToken cancellationToken)
    {
        try
        {
            var there = await SizeOfAsync(sftp, what.Half, cancellationToken);
            if (there is 0) await MakeFoldersAsync(sftp, what.Folder, cancellationToken);
            return new SftpUpload(sftp, what, there > what.Length ? 0 : there);
        }
        catch
        {
            sftp.Dispose();
            throw;
        }
    }

    public async Task<Arrival> CompleteAsync(FileStream from, CancellationToken cancellationToken)
    {
        try
        {
            await FillAsync(from, cancellationToken);
            if (await DigestThereAsync(cancellationToken) == _what.Digest)
            {
                _sftp.RenameFile(_what.Half, _what.Path, isPosix: true);
                return Arrival.Placed;
            }

            await _sftp.DeleteFileAsync(_what.Half, cancellationToken);
            return Arrival.Differs;
        }
        catch (SshException exception) when (!HostRefusedException.IsLost(exception))
        {
            await DropAsync(cancellationToken); // on a full disk it would stand in everybody's way
            throw;
        }
    }

    public void Dispose() => _sftp.Dispose();

    private async Task FillAsync(FileStream from, CancellationToken cancellationToken)
    {
        from.Seek(There, SeekOrigin.Begin);
        if (There == 0)
        {
            await _sftp.UploadFileAsync(from, _what.Half, cancellationToken); // sends many blocks without waiting for each answer
            return;
        }

        await using var into = await _sftp.OpenAsync(_what.Half, FileMode.Open, FileAccess.Write, cancellationToken);
        into.Seek(There, SeekOrigin.Begin);
        await from.CopyToAsync(into, Block, cancellationToken);
        await into.FlushAsync(cancellationToken);
    }

    private async Task<Digest> DigestThereAsync(CancellationToken cancellationToken)
    {
        await using var back = await _sftp.OpenAsync(_what.Half, FileMode.Open, FileAccess.Read, cancellationToken);
        return Digest.OfHash(await SHA256.HashDataAsync(back, cancellationToken));
    }

    private async Task DropAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await _sftp.ExistsAsync(_what.Half, cancellationToken)) await _sftp.DeleteFileAsync(_what.Half, cancellationToken);
        }
        catch (SshException)
        {
            // a host that has just failed may fail again
        }
    }

    private static async Task<long> SizeOfAsync(SftpClient sftp, string path, CancellationToken cancellationToken)
    {
        try
        {
            return (await sftp.GetAttributesAsync(path, cancellationToken)).Size;
        }
        catch (SftpPathNotFoundException)
        {
            return 0;
        }
    }

    private static async Task MakeFoldersAsync(SftpClient sftp, string folder, CancellationToken cancellationToken)
    {
        if (folder.Length == 0 || await sftp.ExistsAsync(folder, cancellationToken)) return;

        var path = "";
        foreach (var part in folder.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            path += "/" + part;
            if (!await sftp.ExistsAsync(path, cancellationToken)) await MakeFolderAsync(sftp, path, cancellationToken);
        }
    }

    /// <summary>Somebody beside may have made it a moment ago; SFTP only says “Failure” then.</summary>
    private static async Task MakeFolderAsync(SftpClient sftp, string path, CancellationToken cancellationToken)
    {
        try
        {
            await sftp.CreateDirectoryAsync(path, cancellationToken);
        }
        catch (SshException exception) when (exception is not SshConnectionException)
        {
            if (!await sftp.ExistsAsync(path, cancellationToken)) throw;
        }
    }
}
