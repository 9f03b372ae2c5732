using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models;

/// <summary>What an artefact is, as far as its store and the name of its file tell.</summary>
public enum ArtefactForm
{
    /// <summary>Nothing tells.</summary>
    Unknown,

    /// <summary>One file from which nothing is unpacked, such as an installer, a script or a document.</summary>
    SingleFile,

    Archive,

    /// <summary>What a registry of images holds.</summary>
    Image,
}

/// <summary>Which steps can work with which artefacts.</summary>
public static class ArtefactForms
{
    private static readonly HashSet<string> Archives = [".zip", ".tar", ".tgz", ".gz", ".jar", ".war", ".ear", ".nupkg", ".whl"];

    private static readonly HashSet<string> SingleFiles =
    [
        ".txt", ".md", ".pdf", ".html", ".htm", ".csv", ".docx", ".xlsx", ".json", ".yaml", ".yml", ".xml", ".toml", ".ini", ".conf", ".env", ".properties",
        ".sh", ".ps1", ".bat", ".py", ".sql", ".exe", ".msi", ".deb", ".rpm", ".dmg", ".iso", ".img", ".bin",
    ];

    private static readonly Dictionary<string, ArtefactForm> Needed = new()
    {
        [StepKinds.Of<ReleaseFiles>()] = ArtefactForm.Archive,
        [StepKinds.Of<RunAnsible>()] = ArtefactForm.Archive,
        [StepKinds.Of<RunTerraform>()] = ArtefactForm.Archive,
        [StepKinds.Of<ReplaceContainer>()] = ArtefactForm.Image,
    };

    public static ArtefactForm Of(StoreKind store, string path) => store switch
    {
        StoreKind.Oci => ArtefactForm.Image,
        StoreKind.Npm or StoreKind.NuGet => ArtefactForm.Archive,
        _ when Archives.Contains(Extension(path)) => ArtefactForm.Archive,
        _ when SingleFiles.Contains(Extension(path)) => ArtefactForm.SingleFile,
        _ => ArtefactForm.Unknown,
    };

    /// <summary>Why a model with such steps does not suit a version, in words that follow “it ”; null where nothing is known to be in the way.</summary>
    /// <param name="steps">Kinds of its Execute steps, as documents name them.</param>
    /// <param name="artefacts">Of the version, by the path of each; of none nothing is known.</param>
    public static string? Objection(IEnumerable<string> steps, IReadOnlyList<(string Path, ArtefactForm Form)> artefacts)
    {
        foreach (var needed in steps.Where(Needed.ContainsKey).Select(step => Needed[step]))
            if (artefacts.Count > 0 && artefacts.All(artefact => artefact.Form != needed && artefact.Form is not ArtefactForm.Unknown))
                return $"{(needed is ArtefactForm.Archive ? "unpacks an archive" : "runs an image of a registry")}, and {artefacts[0].Path} is {InWords(artefacts[0].Form)}";

        return null;
    }

    private static string InWords(ArtefactForm form) => form switch
    {
        ArtefactForm.Image => "an image",
        ArtefactForm.Archive => "an archive",
        _ => "a single file",
    };

    private static string Extension(string path) => Path.GetExtension(path).ToLowerInvariant();
}
