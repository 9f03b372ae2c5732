using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Materials;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Artefacts;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>Looks at every artefact, so that all findings are known at once.</summary>
internal sealed class CheckSbomVerifier(MaterialsSource materials) : StepExecutor<CheckSbom>
{
    protected override async Task<StepOutcome> ExecuteAsync(CheckSbom settings, StepContext context, CancellationToken cancellationToken)
    {
        var (artefacts, unknown) = context.Version!.ArtefactsToLookAt(settings.Artefact, "check-sbom");
        if (unknown is not null) return new StepOutcome.Failed(unknown.Sentence, unknown.Cause);

        var findings = new ArtefactFindings(context.Log);
        foreach (var artefact in artefacts) await LookAsync(settings, artefact, findings, cancellationToken);
        return findings.Outcome();
    }

    private async Task LookAsync(CheckSbom settings, Artefact artefact, ArtefactFindings findings, CancellationToken cancellationToken)
    {
        var path = settings.SbomFor(artefact.Path);
        var sbom = await materials.SbomAsync(artefact, path, cancellationToken);
        if (sbom.Trouble is { } trouble)
        {
            findings.Breach(trouble);
            return;
        }

        var components = sbom.Document!.Components;
        findings.Show(artefact.Name, $"{sbom.Document.Format} with {Words.Count(components.Count, "component")}, {path}, {sbom.Digest}{(sbom.Document.Subject?.Digest is null ? "; it names no digest of what it is about" : "")}");
        findings.Show($"{artefact.Name}: licences", Licences(components));

        var policy = new LicencePolicy(settings.AllowedLicences ?? [], settings.DeniedLicences ?? []);
        var denied = (settings.DeniedPackages ?? []).Select(pattern => (Text: pattern, Pattern: PackagePattern.Parse(pattern))).ToList();
        foreach (var refusal in denied.Select(entry => entry.Pattern.Error).OfType<Error>()) findings.Breach(new ArtefactTrouble(HaltCause.PolicyViolation, refusal.Message));
        foreach (var component in components.DistinctBy(component => (component.ToString(), Licences([component]))))
        {
            if (policy.Breach(component) is { } breach) findings.Breach(new ArtefactTrouble(HaltCause.PolicyViolation, breach));
            else if (policy.Unclear(component) is { } unclear) findings.Unclear(unclear);
            foreach (var (text, pattern) in denied.Where(entry => entry.Pattern.Error is null && entry.Pattern.Value.Matches(component)))
                findings.Breach(new ArtefactTrouble(HaltCause.PolicyViolation, $"{component} is denied by {text}: use another version or package."));
        }
    }

    /// <summary>The commonest first.</summary>
    private static string Licences(IReadOnlyList<BomComponent> components)
    {
        var all = components.SelectMany(component => component.Licences.Count == 0 ? ["none said"] : component.Licences.Select(licence => licence.Text))
            .GroupBy(licence => licence).OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal).Select(same => $"{Words.Beginning(same.Key, 60)} ({same.Count()})").ToList();
        return all.Count == 0 ? "no component" : $"{string.Join(", ", all.Take(20))}{(all.Count > 20 ? " …" : "")}";
    }
}
