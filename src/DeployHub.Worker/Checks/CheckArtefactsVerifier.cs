using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Artefacts;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>Looks at every artefact, so that all findings are known at once.</summary>
internal sealed class CheckArtefactsVerifier(ArtefactSource source) : StepExecutor<CheckArtefacts>
{
    protected override async Task<StepOutcome> ExecuteAsync(CheckArtefacts settings, StepContext context, CancellationToken cancellationToken)
    {
        var troubles = new List<ArtefactTrouble>();
        foreach (var artefact in context.Version!.Artefacts)
        {
            var trouble = await source.VerifyAsync(artefact, cancellationToken);
            context.Log.Write(trouble is null ? LogStream.Out : LogStream.Error, trouble?.Sentence ?? $"{artefact.Name}: {artefact.Digest} from {artefact.Store}");
            if (trouble is not null) troubles.Add(trouble);
        }

        return troubles.Count == 0
            ? new StepOutcome.Succeeded([.. context.Version.Artefacts.Select(artefact => new Evidence(artefact.Name, artefact.Digest.ToString()))])
            : new StepOutcome.Failed(string.Join(' ', troubles.Select(trouble => trouble.Sentence)), ArtefactTrouble.CauseOf(troubles));
    }
}
