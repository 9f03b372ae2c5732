using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Materials;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Vulnerabilities;
using DeployHub.Domain.Vulnerabilities.Vex;
using DeployHub.Worker.Artefacts;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>Looks at every artefact, so that all findings are known at once. Asks nobody outside: the list is the imported one.</summary>
internal sealed class CheckVulnerabilitiesVerifier(MaterialsSource materials, ListedVulnerabilities listed, TimeProvider clock) : StepExecutor<CheckVulnerabilities>
{
    protected override async Task<StepOutcome> ExecuteAsync(CheckVulnerabilities settings, StepContext context, CancellationToken cancellationToken)
    {
        var (artefacts, unknown) = context.Version!.ArtefactsToLookAt(settings.Artefact, "check-vulnerabilities");
        if (unknown is not null) return new StepOutcome.Failed(unknown.Sentence, unknown.Cause);

        var findings = new ArtefactFindings(context.Log);
        var policy = new VulnerabilityPolicy(settings.FailFrom, settings.Exceptions ?? [], Duration.Of(settings.GreatestAge), [.. (settings.Unlisted ?? []).Select(PackagePattern.Parse).Where(read => read.Error is null).Select(read => read.Value)]);
        foreach (var artefact in artefacts) await LookAsync(settings, policy, artefact, findings, cancellationToken);
        return findings.Outcome();
    }

    private async Task LookAsync(CheckVulnerabilities settings, VulnerabilityPolicy policy, Artefact artefact, ArtefactFindings findings, CancellationToken cancellationToken)
    {
        var sbom = await materials.SbomAsync(artefact, settings.SbomFor(artefact.Path), cancellationToken);
        var vex = settings.VexFor(artefact.Path) is { } path ? await materials.VexAsync(artefact, path, cancellationToken) : null;
        foreach (var trouble in new[] { sbom.Trouble, vex?.Trouble }.OfType<ArtefactTrouble>()) findings.Breach(trouble);
        if (sbom.Document is not { } bom) return;

        var (entries, lists) = await listed.ForAsync(VulnerabilityJudgement.ToLookUp(bom), cancellationToken);
        var verdict = new VulnerabilityJudgement(policy, vex?.Document ?? VexDocument.None, lists, clock.GetUtcNow()).Judge(bom, entries);
        findings.Show(artefact.Name, $"{bom.Format} with {Words.Count(bom.Components.Count, "component")}, {sbom.Digest}; {Words.Count(verdict.PackagesLookedUp, "package")} looked up");
        if (vex is not null) findings.Show($"{artefact.Name}: VEX", vex.Document is { } document ? $"{document.Format} with {Words.Count(document.Statements.Count, "statement")}, {vex.Digest}" : "none that can be read");
        foreach (var ecosystem in verdict.Ecosystems) findings.Show($"List for {ecosystem}", lists.FirstOrDefault(list => list.Ecosystem == ecosystem) is { } list ? $"of {list.AsOf:u}" : "none");
        foreach (var accepted in verdict.Accepted) findings.Show("Accepted", accepted);
        foreach (var breach in verdict.Breaches) findings.Breach(new ArtefactTrouble(HaltCause.VulnerabilityOverThreshold, breach));
        foreach (var unclear in verdict.Unclear) findings.Unclear(unclear);
    }
}
