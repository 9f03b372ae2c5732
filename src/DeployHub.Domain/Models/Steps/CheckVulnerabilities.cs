using DeployHub.Domain.Vulnerabilities;

namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// No artefact is made of anything with a grave known vulnerability, by its SBOM and the imported list. A list that is missing or too old tells
/// nothing, and never passes.
/// </summary>
/// <param name="Sbom">Where the SBOM lies, such as <c>{path}.cdx.json</c>: <c>{path}</c> is the artefact's path, and a path without it lies in its folder.</param>
/// <param name="FailFrom">This severity and graver ones fail. What nobody has rated counts as critical.</param>
/// <param name="Vex">Where a VEX document (OpenVEX, CSAF or CycloneDX) lies, if there is one.</param>
/// <param name="Exceptions">What is accepted for a time, with a reason.</param>
/// <param name="GreatestAge">Of the list of each ecosystem.</param>
/// <param name="Unlisted">Packages that no list has to speak of, such as one's own: <c>pkg:npm/@acme/*</c>. What has no package URL is called <c>pkg:generic/name</c>.</param>
/// <param name="Artefact">Name of the only artefact to look at; every one of the version unless told.</param>
public sealed record CheckVulnerabilities(
    string Sbom, VulnerabilitySeverity FailFrom = VulnerabilitySeverity.High, string? Vex = null, IReadOnlyList<VulnerabilityException>? Exceptions = null, string GreatestAge = "7d",
    IReadOnlyList<string>? Unlisted = null, string? Artefact = null) : ComponentCheck
{
    public string SbomFor(string artefactPath) => BesideArtefact.PathOf(artefactPath, Sbom);

    /// <summary>Null when no VEX is looked for.</summary>
    public string? VexFor(string artefactPath) => Vex is null ? null : BesideArtefact.PathOf(artefactPath, Vex);
}
