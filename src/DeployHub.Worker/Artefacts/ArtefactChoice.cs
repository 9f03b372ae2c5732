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

    /// <summary>The one of that name, or all of them; a check that has nothing to look at tells nothing.</summary>
    /// <param name="check">The kind of step, for the sentence.</param>
    public static (IReadOnlyList<Artefact> Artefacts, ArtefactTrouble? Trouble) ArtefactsToLookAt(this SubjectVersion version, string? name, string check)
    {
        if (version.Artefacts.Count == 0) return ([], new ArtefactTrouble(HaltCause.ComponentMissing, $"{version.Component} {version.Label} has no artefact to look at. Register one, or let nothing ask for {check}."));
        if (name is null) return (version.Artefacts, null);

        var (artefact, trouble) = version.Artefact(name);
        return artefact is null ? ([], trouble) : ([artefact], null);
    }

    /// <summary>A verified copy of that artefact on this worker, or the trouble.</summary>
    public static async Task<(Artefact? Artefact, Fetched Fetched)> FetchAsync(this ArtefactSource source, SubjectVersion version, string? name, CancellationToken cancellationToken)
    {
        var (artefact, trouble) = version.Artefact(name);
        return artefact is null ? (null, new Fetched(trouble!)) : (artefact, await source.FetchAsync(artefact, cancellationToken));
    }
}
