using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Artefacts;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>Looks at every artefact, so that all findings are known at once.</summary>
internal sealed class CheckSignatureVerifier(ArtefactSource source, SigningKeys keys) : StepExecutor<CheckSignature>
{
    protected override async Task<StepOutcome> ExecuteAsync(CheckSignature settings, StepContext context, CancellationToken cancellationToken)
    {
        var version = context.Version!;
        var (chosen, unknown) = settings.Artefact is null ? (null, null) : version.Artefact(settings.Artefact);
        if (unknown is not null) return new StepOutcome.Failed(unknown.Sentence, unknown.Cause);
        if (version.Artefacts.Count == 0) return new StepOutcome.Failed($"{version.Component} {version.Label} has no artefact that could be signed. Register one, or take check-signature out of the model.", HaltCause.ComponentMissing);

        var looks = new SignatureLooks(source, settings, await keys.ForAsync(version.Component, cancellationToken));
        var found = new List<SignatureFinding>();
        foreach (var artefact in chosen is null ? version.Artefacts : [chosen])
        {
            var finding = await looks.LookAsync(artefact, cancellationToken);
            context.Log.Write(finding.Trouble is null ? LogStream.Out : LogStream.Error, finding.Trouble?.Sentence ?? $"{artefact.Name}: {finding.Shown}");
            found.Add(finding);
        }

        return Outcome(found);
    }

    private static StepOutcome Outcome(List<SignatureFinding> found)
    {
        Evidence[] evidence = [.. found.Where(finding => finding.Shown is not null).Select(finding => new Evidence(finding.Artefact.Name, finding.Shown!))];
        var troubles = found.Select(finding => finding.Trouble).OfType<ArtefactTrouble>().ToList();
        return troubles.Count == 0
            ? new StepOutcome.Succeeded(evidence)
            : new StepOutcome.Failed(string.Join(' ', troubles.Select(trouble => trouble.Sentence)), ArtefactTrouble.CauseOf(troubles)) { Evidence = evidence };
    }
}

/// <summary>What was found of one artefact: what it shows for the record, or the trouble.</summary>
internal sealed record SignatureFinding(Artefact Artefact, string? Shown, ArtefactTrouble? Trouble);
