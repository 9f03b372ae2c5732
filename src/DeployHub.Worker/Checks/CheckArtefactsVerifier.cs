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
        var (troubles, evidence) = (new List<ArtefactTrouble>(), new List<Evidence>());
        foreach (var artefact in context.Version!.Artefacts)
        {
            var (note, trouble) = await source.VerifyAsync(artefact, cancellationToken);
            var found = note is null ? $"{artefact.Digest}" : $"{artefact.Digest}, {note}";
            context.Log.Write(trouble is null ? LogStream.Out : LogStream.Error, trouble?.Sentence ?? $"{artefact.Name}: {found} from {artefact.Store}");
            if (trouble is not null) troubles.Add(trouble);
            else evidence.Add(new Evidence(artefact.Name, found));
        }

        return troubles.Count == 0
            ? new StepOutcome.Succeeded(evidence)
            : new StepOutcome.Failed(string.Join(' ', troubles.Select(trouble => trouble.Sentence)), ArtefactTrouble.CauseOf(troubles));
    }
}
