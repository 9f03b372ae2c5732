using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Artefacts;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>Looks at every artefact, so that all findings are known at once.</summary>
internal sealed class CheckProvenanceVerifier(ArtefactSource source, SigningKeys keys) : StepExecutor<CheckProvenance>
{
    protected override async Task<StepOutcome> ExecuteAsync(CheckProvenance settings, StepContext context, CancellationToken cancellationToken)
    {
        if (settings.WeakPatterns().Select(pattern => $"{pattern.Member} {pattern.Sentence}").FirstOrDefault() is { } weak)
            return new StepOutcome.Failed($"What the run filled in makes check-provenance worthless: {weak}", HaltCause.SignatureInvalid);

        var version = context.Version!;
        var (artefacts, unknown) = version.ArtefactsToLookAt(settings.Artefact, "check-provenance");
        if (unknown is not null) return new StepOutcome.Failed(unknown.Sentence, unknown.Cause);

        var findings = new ArtefactFindings(context.Log);
        var looks = new ProvenanceLooks(source, settings, await keys.ForAsync(version.Component, settings.Identities, settings.Keys, cancellationToken), findings);
        foreach (var artefact in artefacts) await looks.LookAsync(artefact, cancellationToken);
        return findings.Outcome();
    }
}
