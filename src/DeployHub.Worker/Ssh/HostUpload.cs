using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;
using Renci.SshNet.Common;

namespace DeployHub.Worker.Ssh;

/// <summary>
/// Brings a file to a host under a name that its digest gives, compares it there and only then renames it into place: nobody sees half a
/// file, and what was brought before a connection broke is not brought again, by this visit or the next.
/// </summary>
internal sealed class HostUpload(SshHosts hosts)
{
    private const int MostLosses = 3; // in a row, without a byte more

    /// <param name="to">Below the target's directory.</param>
    /// <returns>Why it is not there, in a sentence; null when it is.</returns>
    /// <exception cref="HostRefusedException">The host cannot be used.</exception>
    public async Task<string?> SendAsync(string file, Digest digest, SshConnection host, string to, StepContext context, CancellationToken cancellationToken)
    {
        await using var from = File.OpenRead(file);
        var path = $"{host.Directory.TrimEnd('/')}/{to}";
        var what = new FileToHost(from.Length, digest, $"{path}.{digest.Short}.part", path);
        var (reached, isFresh, byShell, losses) = (-1L, false, true, 0);
        while (true)
        {
            try
            {
                using var way = await OpenAsync(byShell, what, host, context, cancellationToken);
                if (way.There > 0 && way.There < what.Length) context.Log.Write(LogStream.Hub, $"{way.There:N0} of {what.Length:N0} bytes are there already; the rest follows.");

                (reached, isFresh, losses) = (way.There, way.There == 0 || isFresh, way.There > reached ? 0 : losses);
                var arrival = await way.CompleteAsync(from, cancellationToken);
                if (arrival is Arrival.Placed) return null;
                if (arrival is Arrival.Differs && isFresh) return $"What arrived of {to} on {host.Host} has another SHA-256 than {digest}.";

                (reached, isFresh, byShell) = (-1, isFresh || arrival is Arrival.Differs, byShell && arrival is not Arrival.CannotTell); // what lay there may not have been the beginning of this file
            }
            catch (Exception exception) when (HostRefusedException.IsLost(exception) && !cancellationToken.IsCancellationRequested)
            {
                context.Log.Write(LogStream.Hub, $"The connection to {host.Host} was lost while {to} was brought: {exception.Message}");
                if (++losses == MostLosses) throw HostRefusedException.Unreachable($"The connection to {host.Host} breaks again and again, at {Math.Max(0, reached):N0} bytes of {to}: {exception.Message} The next try goes on from there.");
            }
            catch (SshException exception) when (!HostRefusedException.IsLost(exception))
            {
                return $"{to} cannot be written on {host.Host}: {exception.Message}";
            }
        }
    }

    private async Task<IUploadWay> OpenAsync(bool byShell, FileToHost what, SshConnection host, StepContext context, CancellationToken cancellationToken)
    {
        if (byShell)
        {
            try
            {
                return await ShellUpload.OpenAsync(await hosts.ConnectAsync(host, context.Secrets, cancellationToken), what, cancellationToken);
            }
            catch (HostRefusedException refused) when (refused.Cause is HaltCause.PrerequisiteMissing)
            {
                // an account for files only
            }
        }

        return await SftpUpload.OpenAsync(await hosts.ConnectSftpAsync(host, context.Secrets, cancellationToken), what, cancellationToken);
    }
}
