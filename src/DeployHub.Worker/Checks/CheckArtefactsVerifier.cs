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
        var findings = new ArtefactFindings(context.Log);
        foreach (var artefact in context.Version!.Artefacts)
        {
            var (note, trouble) = await source.VerifyAsync(artefact, cancellationToken);
            if (trouble is null) findings.Show(artefact.Name, note is null ? $"{artefact.Digest}" : $"{artefact.Digest}, {note}");
            else findings.Breach(trouble);
        }

        return findings.Outcome();
    }
}
