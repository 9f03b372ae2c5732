using DeployHub.Features.Inventory;
using DeployHub.Web.Pages.Shared;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace DeployHub.Web.Pages.Components.Versions;

/// <summary>What people type about a version.</summary>
public sealed class VersionForm
{
    public string? Label { get; set; }

    public List<ArtefactRow> Artefacts { get; set; } = [new()];

    public string? Manifest { get; set; }

    public string? Provenance { get; set; }

    public string? Dependencies { get; set; }

    /// <summary>Null when a line cannot be read; the model state then says which.</summary>
    public RegisterComponentVersion? ToCommand(string component, ModelStateDictionary state)
    {
        var manifest = NameValueLines.Parse(Manifest, out var inManifest);
        var provenance = NameValueLines.Parse(Provenance, out var inProvenance);
        var dependencies = DependencyLines.Parse(Dependencies, out var inDependencies);
        if (inManifest is not null) state.AddModelError("Input.Manifest", inManifest);
        if (inProvenance is not null) state.AddModelError("Input.Provenance", inProvenance);
        if (inDependencies is not null) state.AddModelError("Input.Dependencies", inDependencies);
        if (!state.IsValid) return null;

        return new RegisterComponentVersion(
            component, Label ?? "", [.. Artefacts.Take(Artefacts.FindLastIndex(row => !row.IsEmpty) + 1).Select(row => row.ToArtefact())], manifest, provenance, dependencies);
    }

    /// <summary>A row left empty at the end is no artefact.</summary>
    public sealed class ArtefactRow
    {
        public string? Name { get; set; }

        public string? Store { get; set; }

        public string? Path { get; set; }

        public string? Digest { get; set; }

        public long? Size { get; set; }

        /// <summary>The worker's look at this store and path that has not been answered yet.</summary>
        public Guid? Look { get; set; }

        public bool IsEmpty => Name.OrNull() is null && Path.OrNull() is null && Digest.OrNull() is null && Size is null;

        public RegisterComponentVersion.Artefact ToArtefact() => new(Name ?? "", Store ?? "", Path ?? "", Digest?.Trim() ?? "", Size);
    }
}
