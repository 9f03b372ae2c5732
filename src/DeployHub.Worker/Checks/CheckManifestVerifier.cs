using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Manifests;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Artefacts;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>Looks at every entry, so that all findings are known at once.</summary>
internal sealed class CheckManifestVerifier(TimeProvider clock) : StepExecutor<CheckManifest>
{
    protected override Task<StepOutcome> ExecuteAsync(CheckManifest settings, StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(Verify(settings, context.Version!, new ArtefactFindings(context.Log)));

    private StepOutcome Verify(CheckManifest settings, SubjectVersion version, ArtefactFindings findings)
    {
        var found = ComponentVersion.DigestOf(version.Artefacts, version.Manifest);
        findings.Show("Content digest", found.ToString());
        if (found != version.Digest) findings.Breach(new ArtefactTrouble(HaltCause.DigestMismatch, $"The content of {version.Component} {version.Label} has the digest {found}, but {version.Digest} was registered. Put back what was approved, or register what is there as a new version."));
        foreach (var (name, value) in version.Manifest) findings.Show(name, value);
        if (!settings.SpeaksOf(version.Kind)) return findings.Outcome();

        var missing = (settings.Required ?? []).Where(name => string.IsNullOrWhiteSpace(version.Manifest.GetValueOrDefault(name))).ToList();
        if (missing.Count > 0) findings.Breach(new ArtefactTrouble(CauseOf(version, HaltCause.ComponentMissing), $"The manifest of {version.Component} {version.Label} lacks {string.Join(", ", missing)}: register a version that says it."));
        foreach (var verdict in new ManifestJudgement($"{version.Component} {version.Label}", version.Manifest, clock.GetUtcNow()).Judge(settings.Expect ?? []))
        {
            findings.Show(verdict.Expectation.InWords(), verdict.Seen);
            if (verdict.Objection is { } objection) findings.Breach(new ArtefactTrouble(CauseOf(version, verdict.Expectation.Is is ManifestRule.Items ? HaltCause.ComponentMissing : HaltCause.PolicyViolation), objection));
        }

        return findings.Outcome();
    }

    private static HaltCause CauseOf(SubjectVersion version, HaltCause otherwise) =>
        version.Kind is ComponentKind.Other && string.Equals(version.SubKind, "Licence", StringComparison.OrdinalIgnoreCase) ? HaltCause.LicenceMissing : otherwise;
}
