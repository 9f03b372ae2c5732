namespace DeployHub.Domain.Models.Steps;

/// <summary>Where a document about an artefact lies in the artefact's store: <c>{path}</c> is the path of the artefact, and a path without it lies in its folder.</summary>
internal static class BesideArtefact
{
    private const string PathOfArtefact = "{path}";

    public static string PathOf(string artefactPath, string template) => template.Contains(PathOfArtefact, StringComparison.Ordinal)
        ? template.Replace(PathOfArtefact, artefactPath, StringComparison.Ordinal)
        : artefactPath[..(artefactPath.LastIndexOf('/') + 1)] + template;
}
