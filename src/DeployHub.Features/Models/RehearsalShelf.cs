using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models;

/// <summary>A component that a model is for.</summary>
/// <param name="Service">Key of its service.</param>
/// <param name="Labels">Of its newest versions, the newest first.</param>
internal sealed record RehearsalComponent(ComponentId Id, string Key, ServiceId ServiceId, string Service, IReadOnlyList<string> Labels)
{
    /// <summary>Its newest version, as <c>component@label</c>.</summary>
    public string Newest => $"{Key}@{Labels[0]}";
}

/// <summary>
/// What a model can be rehearsed with: of each component that it is for the newest versions, so that a component with many of them hides no other.
/// </summary>
/// <param name="Components">Those first whose newest version was registered last.</param>
/// <param name="Others">How many more there are.</param>
internal sealed record RehearsalShelf(IReadOnlyList<RehearsalComponent> Components, int Others)
{
    private const int MostComponents = 100, MostVersions = 10;

    public static async Task<RehearsalShelf> ReadAsync(DeployHubDb db, ModelContent content, CancellationToken cancellationToken)
    {
        var (kinds, services) = (content.AppliesTo.Kinds, content.AppliesTo.Services);
        var versions = db.ComponentVersions.Where(version => version.RecallReason == null);
        var wanted = from component in db.Components
                     where (kinds.Count == 0 || kinds.Contains(component.Kind)) && versions.Any(version => version.ComponentId == component.Id)
                     join service in db.Services on component.ServiceId equals service.Id
                     where services.Count == 0 || services.Contains(service.Key)
                     select new
                     {
                         component.Id,
                         component.Key,
                         component.ServiceId,
                         Service = service.Key,
                         Newest = versions.Where(version => version.ComponentId == component.Id).Max(version => version.RegisteredAt),
                     };
        var found = await wanted.OrderByDescending(component => component.Newest).ThenBy(component => component.Key).Take(MostComponents).ToListAsync(cancellationToken);
        var ids = found.ConvertAll(component => component.Id);
        var labels = (await (from component in db.Components
                             where ids.Contains(component.Id)
                             from version in versions.Where(version => version.ComponentId == component.Id)
                                 .OrderByDescending(version => version.RegisteredAt).ThenBy(version => version.Label).Take(MostVersions)
                             select new { component.Id, version.Label, version.RegisteredAt }).ToListAsync(cancellationToken))
            .OrderByDescending(version => version.RegisteredAt).ThenBy(version => version.Label, StringComparer.Ordinal).ToLookup(version => version.Id, version => version.Label);

        return new RehearsalShelf(
            [
                .. found.Where(component => labels.Contains(component.Id))
                    .Select(component => new RehearsalComponent(component.Id, component.Key, component.ServiceId, component.Service, [.. labels[component.Id]])),
            ],
            found.Count < MostComponents ? 0 : await wanted.CountAsync(cancellationToken) - MostComponents);
    }

    /// <summary>The one registered last; null for an empty shelf.</summary>
    public RehearsalComponent? Newest => Components is [var newest, ..] ? newest : null;

    public RehearsalComponent? Find(string? key) => Components.FirstOrDefault(component => component.Key == key);
}
