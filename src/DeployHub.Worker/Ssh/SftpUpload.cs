using System.Security.Cryptography;
using System.Text.RegularExpressions;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Worker.Steps;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace DeployHub.Worker.Ssh;

/// <summary>
/// Brings a file to a host under a name that its digest gives, compares it there and only then renames it into place: nobody sees half a
/// file, and what was brought before a connection broke is not brought again, by this visit or the next.
/// </summary>
internal sealed partial class SftpUpload(SshHosts hosts)
{
    private const int Block = 256 * 1024;

    /// <param name="to">Below the target's directory.</param>
    /// <returns>Why it is not there, in a sentence; null when it is.</returns>
    /// <exception cref="HostRefusedException">The host cannot be used.</exception>
    public async Task<string?> SendAsync(string file, Digest digest, SshConnection host, string to, StepContext context, CancellationToken cancellationToken)
    {
        var path = $"{host.Directory.TrimEnd('/')}/{to}";
        var half = $"{path}.{digest.Short}.part";
        var (reached, isFresh) = (-1L, false);
        while (true)
        {
            using var sftp = await hosts.ConnectSftpAsync(host, context.Secrets, cancellationToken);
            try
            {
                var there = await SizeOfAsync(sftp, half, cancellationToken);
                if (there is 0) await MakeFoldersAsync(sftp, path[..path.LastIndexOf('/')], cancellationToken);
                if (there <= reached) throw HostRefusedException.Unreachable($"The connection to {host.Host} breaks again and again, at {there:N0} bytes of {to}. The next try goes on from there.");
                (reached, isFresh) = (there, there == 0 || isFresh);

                await FillAsync(sftp, file, half, there, context, cancellationToken);
                if (await DigestThereAsync(sftp, half, host, context, cancellationToken) == digest)
                {
                    sftp.RenameFile(half, path, isPosix: true);
                    return null;
                }

                await sftp.DeleteFileAsync(half, cancellationToken);
                if (isFresh) return $"What arrived of {to} on {host.Host} has another SHA-256 than {digest}.";
                (reached, isFresh) = (-1, true); // what lay there was not the beginning of this file
            }
            catch (Exception exception) when (HostRefusedException.IsLost(exception) && !cancellationToken.IsCancellationRequested)
            {
                context.Log.Write(LogStream.Hub, $"The connection to {host.Host} was lost while {to} was brought: {exception.Message}");
            }
            catch (SshException exception) when (exception is not SshConnectionException)
            {
                await DropAsync(sftp, half, cancellationToken); // on a full disk it would stand in everybody's way
                return $"{to} cannot be written on {host.Host}: {exception.Message}";
            }
        }
    }

    private static async Task DropAsync(SftpClient sftp, string half, CancellationToken cancellationToken)
    {
        try
        {
            if (await sftp.ExistsAsync(half, cancellationToken)) await sftp.DeleteFileAsync(half, cancellationToken);
        }
        catch (SshException)
        {
            // a host that has just failed may fail again
        }
    }

    private static async Task FillAsync(SftpClient sftp, string file, string half, long there, StepContext context, CancellationToken cancellationToken)
    {
        await using var from = File.OpenRead(file);
        if (there > from.Length) there = 0;
        if (there == 0)
        {
            await sftp.UploadFileAsync(from, half, cancellationToken); // sends many blocks without waiting for each answer
            return;
        }

        context.Log.Write(LogStream.Hub, $"{there:N0} of {from.Length:N0} bytes are there already; the rest follows.");
        from.Seek(there, SeekOrigin.Begin);
        await using var into = await sftp.OpenAsync(half, FileMode.Open, FileAccess.Write, cancellationToken);
        into.Seek(there, SeekOrigin.Begin);
        await from.CopyToAsync(into, Block, cancellationToken);
        await into.FlushAsync(cancellationToken);
    }

    /// <summary>The host computes it where it can, else the file is read back.</summary>
    private async Task<Digest> DigestThereAsync(SftpClient sftp, string path, SshConnection host, StepContext context, CancellationToken cancellationToken)
    {
        var said = new List<string>();
        try
        {
            var client = await hosts.ConnectAsync(host, context.Secrets, cancellationToken);
            var quoted = RemoteCommand.Quoted(path);
            await RemoteCommand.RunAsync(
                client, $"sha256sum {quoted} || shasum -a 256 {quoted} || openssl dgst -sha256 {quoted}", host.Directory, null,
                (stream, line) =>
                {
                    if (stream is LogStream.Out) said.Add(line);
                },
                cancellationToken);
        }
        catch (HostRefusedException refused) when (refused.Cause is Domain.Runs.HaltCause.PrerequisiteMissing)
        {
        }

        if (said.Select(line => Sha256().Match(line)).FirstOrDefault(match => match.Success) is { } found) return Digest.Of($"sha256:{found.Value}");

        await using var back = await sftp.OpenAsync(path, FileMode.Open, FileAccess.Read, cancellationToken);
        return Digest.OfHash(await SHA256.HashDataAsync(back, cancellationToken));
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

    [GeneratedRegex(@"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")]
    private static partial Regex Sha256();
}
