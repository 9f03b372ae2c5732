using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Artefacts;

namespace DeployHub.Worker.Steps;

internal sealed class UploadExecutor(ArtefactSource source, TargetFiles files) : StepExecutor<Upload>
{
    protected override async Task<StepOutcome> ExecuteAsync(Upload settings, StepContext context, CancellationToken cancellationToken)
    {
        var (artefact, fetched) = await source.FetchAsync(context.Version!, settings.Artefact, cancellationToken);
        using var held = fetched;
        if (fetched.Trouble is { } trouble) return new StepOutcome.Failed(trouble.Sentence, trouble.Cause);

        try
        {
            if (await files.PutAsync(fetched.File!, settings.To, context, cancellationToken, artefact!.Digest) is { } refusal) return new StepOutcome.Failed(refusal);
        }
        catch (HostRefusedException refused)
        {
            return new StepOutcome.Failed(refused.Message, refused.Cause);
        }

        context.Log.Write(LogStream.Hub, $"{artefact.Name} ({new FileInfo(fetched.File!).Length:N0} bytes, {artefact.Digest}) is at {settings.To}.");
        return new StepOutcome.Succeeded([new Evidence(artefact.Name, artefact.Digest.ToString())]);
    }
}
