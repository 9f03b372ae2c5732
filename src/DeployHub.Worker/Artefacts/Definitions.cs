using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using DeployHub.Worker.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.Worker.Artefacts;

/// <summary>One revision of an environment's definition on this worker, or the trouble.</summary>
/// <param name="Name">The same in every revision.</param>
/// <param name="Revision">Names it on pages and in the record.</param>
internal sealed record FetchedDefinition(string Name, string Revision, ArtefactTrouble? Trouble = null)
{
    public static FetchedDefinition Refused(HaltCause cause, string sentence) => new("", "", new ArtefactTrouble(cause, sentence));
}

/// <summary>Fetches environments' definitions: from the definitive store of a component version, or from a Git repository.</summary>
internal sealed class Definitions(IServiceScopeFactory scopes, Subjects subjects, ArtefactSource artefacts)
{
    /// <param name="folder">Holds its files afterwards.</param>
    public async Task<FetchedDefinition> FetchAsync(DefinitionSource source, string folder, StepContext context, CancellationToken cancellationToken)
    {
        if (source.Git is { } repository)
        {
            var commit = source.Commit ?? "";
            return await GitCommit.FetchAsync(repository, commit, source.Token, folder, context, cancellationToken) is { } refused
                ? new FetchedDefinition("", "", refused)
                : new FetchedDefinition(repository, $"commit {commit} of {repository}");
        }

        var (version, trouble) = await VersionAsync(source, context, cancellationToken);
        return version is null ? new FetchedDefinition("", "", trouble) : await UnpackAsync(version, source.Artefact, folder, cancellationToken);
    }

    private async Task<FetchedDefinition> UnpackAsync(SubjectVersion version, string? name, string folder, CancellationToken cancellationToken)
    {
        var (artefact, fetched) = await artefacts.FetchAsync(version, name, cancellationToken);
        using var held = fetched;
        if (fetched.Trouble is { } trouble) return new FetchedDefinition("", "", trouble);

        try
        {
            await Unpacking.IntoAsync(fetched.File!, folder, cancellationToken);
            return new FetchedDefinition(version.Component, $"{version.Component} {version.Label} (sha256:{artefact!.Digest.Short})");
        }
        catch (UnsafeArchiveException unsafeArchive)
        {
            return FetchedDefinition.Refused(HaltCause.ComponentMissing, $"The artefact {artefact!.Name} of {version.Component} {version.Label} {unsafeArchive.Message}.");
        }
    }

    private async Task<(SubjectVersion? Version, ArtefactTrouble? Trouble)> VersionAsync(DefinitionSource source, StepContext context, CancellationToken cancellationToken)
    {
        if (context.Version is { } moved && moved.Component == source.Component && moved.Label == source.Version) return (moved, null);

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        if (await db.Components.AsNoTracking().SingleOrDefaultAsync(component => component.Key == source.Component, cancellationToken) is not { } component)
            return (null, new ArtefactTrouble(HaltCause.ComponentMissing, $"There is no component {source.Component} that could hold the definition."));

        var desired = source.Version is null ? await DesiredAsync(db, component.Id, context, cancellationToken) : null;
        var version = await db.ComponentVersions.AsNoTracking().SingleOrDefaultAsync(version => version.ComponentId == component.Id && (version.Label == source.Version || version.Id == desired), cancellationToken);
        return version switch
        {
            null when source.Version is null => (null, new ArtefactTrouble(HaltCause.ComponentMissing, $"No version of {component.Key} was deployed to {context.Subject} or accepted there yet: say in from which version is meant.")),
            null => (null, new ArtefactTrouble(HaltCause.ComponentMissing, $"{component.Key} {source.Version} is no registered version.")),
            { IsRecalled: true } => (null, new ArtefactTrouble(HaltCause.VersionRecalled, $"{component.Key} {version.Label} was recalled, so it defines nothing any more.")),
            _ => (await subjects.VersionAsync(version.Id, cancellationToken), null),
        };
    }

    private static async Task<ComponentVersionId?> DesiredAsync(DeployHubDb db, ComponentId component, StepContext context, CancellationToken cancellationToken) => context.Target is not { } target ? null
        : await db.ObservedVersions.Where(observed => observed.TargetId == target && observed.ComponentId == component).Select(observed => observed.DesiredVersionId).SingleOrDefaultAsync(cancellationToken);
}
