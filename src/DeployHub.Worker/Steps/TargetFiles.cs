using System.Security.Cryptography;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Worker.Ssh;

namespace DeployHub.Worker.Steps;

/// <summary>Brings a file of the worker to a target: a copy for a local one, an upload for one reached by SSH.</summary>
internal sealed class TargetFiles(HostUpload upload)
{
    /// <summary>Renamed into place when it is whole, so that nobody sees half a file. Folders on the way are made.</summary>
    /// <param name="to">Below the target's directory.</param>
    /// <param name="digest">The file's, where it is known; otherwise it is computed.</param>
    /// <returns>Why it is not there, in a sentence; null when it is.</returns>
    /// <exception cref="HostRefusedException">The host cannot be used.</exception>
    public async Task<string?> PutAsync(string file, string to, StepContext context, CancellationToken cancellationToken, Digest? digest = null) => context.Connection switch
    {
        _ when to.Any(char.IsControl) => $"“{to.ReplaceLineEndings(" ")}” holds a character that no path may have: a line's end or another control character.",
        LocalConnection local => await CopyAsync(file, local, to, context, cancellationToken),
        SshConnection when IsOutside(to) => Outside(to),
        SshConnection host => await upload.SendAsync(file, digest ?? await DigestAsync(file, cancellationToken), host, to, context, cancellationToken),
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

    private static bool IsOutside(string to) => to.StartsWith('/') || to.Split('/').Contains("..");

    private static async Task<Digest> DigestAsync(string file, CancellationToken cancellationToken)
    {
        await using var bytes = File.OpenRead(file);
        return Digest.OfHash(await SHA256.HashDataAsync(bytes, cancellationToken));
    }

    private static string Outside(string to) => $"“{to}” would leave the target's directory; uploads stay below it.";
}
