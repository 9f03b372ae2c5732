using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Artefacts;
using DeployHub.Worker.Ssh;

namespace DeployHub.Worker.Steps;

internal sealed class UploadExecutor(ArtefactSource source, SftpUpload sftp) : StepExecutor<Upload>
{
    protected override async Task<StepOutcome> ExecuteAsync(Upload settings, StepContext context, CancellationToken cancellationToken)
    {
        var artefacts = context.Version!.Artefacts;
        var artefact = settings.Artefact is null && artefacts.Count == 1 ? artefacts[0] : artefacts.FirstOrDefault(candidate => candidate.Name == settings.Artefact);
        if (artefact is null) return new StepOutcome.Failed($"{context.Version.Component} {context.Version.Label} has no artefact “{settings.Artefact}”; it has {string.Join(", ", artefacts.Select(known => known.Name))}.", HaltCause.ComponentMissing);

        var fetched = await source.FetchAsync(artefact, cancellationToken);
        if (fetched.Trouble is { } trouble) return new StepOutcome.Failed(trouble.Sentence, trouble.Cause);

        try
        {
            var refusal = context.Connection switch
            {
                LocalConnection local => await CopyAsync(fetched.File!, local, settings.To, cancellationToken),
                SshConnection when settings.To.StartsWith('/') || settings.To.Split('/').Contains("..") => Outside(settings.To),
                SshConnection host => await sftp.SendAsync(fetched.File!, artefact.Digest, host, settings.To, context, cancellationToken),
                _ => $"{context.Subject} can only be reached by people, so nothing can be uploaded there.",
            };
            if (refusal is not null) return new StepOutcome.Failed(refusal);
        }
        catch (HostRefusedException refused)
        {
            return new StepOutcome.Failed(refused.Message, refused.Cause);
        }

        context.Log.Write(LogStream.Hub, $"{artefact.Name} ({new FileInfo(fetched.File!).Length:N0} bytes, {artefact.Digest}) is at {settings.To}.");
        return new StepOutcome.Succeeded([new Evidence(artefact.Name, artefact.Digest.ToString())]);
    }

    /// <summary>Renamed into place when it is whole, so that nobody sees half a file.</summary>
    private static async Task<string?> CopyAsync(string file, LocalConnection local, string to, CancellationToken cancellationToken)
    {
        if (Workplace.Below(local.Directory, to) is not { } path) return Outside(to);

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var half = $"{path}.{Guid.NewGuid():N}.part";
        await using (var from = File.OpenRead(file))
        await using (var into = File.Create(half))
            await from.CopyToAsync(into, cancellationToken);
        File.Move(half, path, overwrite: true);
        return null;
    }

    private static string Outside(string to) => $"“{to}” would leave the target's directory; uploads stay below it.";
}
