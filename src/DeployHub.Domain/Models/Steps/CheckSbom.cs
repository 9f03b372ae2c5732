namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// What each artefact is made of is known, by an SBOM (CycloneDX or SPDX as JSON) in its store, and may be used: by its licences and by its packages.
/// Where the SBOM names the digest of what it is about, that has to be the artefact's.
/// </summary>
/// <param name="Sbom">Where the SBOM lies, such as <c>{path}.cdx.json</c>: <c>{path}</c> is the artefact's path, and a path without it lies in its folder.</param>
/// <param name="AllowedLicences">Only these, by their SPDX ids; <c>*</c> stands for any characters. All unless told.</param>
/// <param name="DeniedLicences">Never these, such as <c>AGPL-*</c>.</param>
/// <param name="DeniedPackages">Never these, as package URLs with <c>*</c>: <c>pkg:npm/event-stream@3.3.6</c>.</param>
/// <param name="Artefact">Name of the only artefact to look at; every one of the version unless told.</param>
public sealed record CheckSbom(
    string Sbom, IReadOnlyList<string>? AllowedLicences = null, IReadOnlyList<string>? DeniedLicences = null, IReadOnlyList<string>? DeniedPackages = null, string? Artefact = null) : ComponentCheck
{
    public string SbomFor(string artefactPath) => BesideArtefact.PathOf(artefactPath, Sbom);
}
