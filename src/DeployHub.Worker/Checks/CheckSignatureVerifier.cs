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
        if (settings.WeakPatterns().Select(pattern => $"{pattern.Member} {pattern.Sentence}").FirstOrDefault() is { } weak)
            return new StepOutcome.Failed($"What the run filled in makes check-signature worthless: {weak}", HaltCause.SignatureInvalid);

        var version = context.Version!;
        var (artefacts, unknown) = version.ArtefactsToLookAt(settings.Artefact, "check-signature");
        if (unknown is not null) return new StepOutcome.Failed(unknown.Sentence, unknown.Cause);

        var looks = new SignatureLooks(source, settings, await keys.ForAsync(version.Component, settings.Identities, settings.Keys, cancellationToken));
        var findings = new ArtefactFindings(context.Log);
        foreach (var artefact in artefacts)
        {
            var (shown, trouble) = await looks.LookAsync(artefact, cancellationToken);
            if (trouble is null) findings.Show(artefact.Name, shown!);
            else findings.Breach(trouble);
        }

        return findings.Outcome();
    }
}

/// <summary>What was found of one artefact: what it shows for the record, or the trouble.</summary>
internal readonly record struct SignatureFinding(string? Shown, ArtefactTrouble? Trouble);
