using System.Collections.Concurrent;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using DeployHub.Worker.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.Worker;

/// <summary>What executors need to know of component versions. These never change, so they are read once.</summary>
internal sealed class Subjects(IServiceScopeFactory scopes)
{
    private readonly ConcurrentDictionary<ComponentVersionId, SubjectVersion> _versions = [];

    public async Task<SubjectVersion> VersionAsync(ComponentVersionId id, CancellationToken cancellationToken)
    {
        if (_versions.TryGetValue(id, out var known)) return known;

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        var found = await (from version in db.ComponentVersions.AsNoTracking()
                           where version.Id == id
                           join component in db.Components.AsNoTracking() on version.ComponentId equals component.Id
                           select new { component.Key, component.Kind, component.SubKind, Version = version }).SingleAsync(cancellationToken);
        return _versions[id] = new SubjectVersion(
            found.Key, found.Kind, found.Version.Label, found.Version.Digest, found.Version.Artefacts, found.Version.Manifest, found.SubKind);
    }
}
