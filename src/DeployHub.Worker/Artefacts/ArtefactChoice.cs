using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Artefacts;

/// <summary>The artefact that a step is about.</summary>
internal static class ArtefactChoice
{
    /// <summary>The one of that name, or the only one; else the sentence that lists what there is.</summary>
    public static (Artefact? Artefact, ArtefactTrouble? Trouble) Artefact(this SubjectVersion version, string? name)
    {
        var artefact = name is null && version.Artefacts.Count == 1 ? version.Artefacts[0] : version.Artefacts.FirstOrDefault(candidate => candidate.Name == name);
        return artefact is not null
            ? (artefact, null)
            : (null, new ArtefactTrouble(HaltCause.ComponentMissing, $"{version.Component} {version.Label} has no artefact “{name}”; it has {string.Join(", ", version.Artefacts.Select(known => known.Name))}."));
    }

    /// <summary>A verified copy of that artefact on this worker, or the trouble.</summary>
    public static async Task<(Artefact? Artefact, Fetched Fetched)> FetchAsync(this ArtefactSource source, SubjectVersion version, string? name, CancellationToken cancellationToken)
    {
        var (artefact, trouble) = version.Artefact(name);
        return artefact is null ? (null, new Fetched(trouble!)) : (artefact, await source.FetchAsync(artefact, cancellationToken));
    }
}
