using DeployHub.Domain.Inventory.Materials;
using DeployHub.Domain.Vulnerabilities;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.Worker.Checks;

/// <summary>What the imported list says of an SBOM's packages, as it is now.</summary>
internal sealed class ListedVulnerabilities(IServiceScopeFactory scopes)
{
    private const int NamesAtOnce = 1000;

    public async Task<(IReadOnlyList<ListedPackage> Entries, IReadOnlyList<VulnerabilityList> Lists)> ForAsync(BillOfMaterials bom, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeployHubDb>();
        var entries = new List<ListedPackage>();
        var keys = bom.Components.Where(component => component.Purl is not null).Select(component => Ecosystem.KeyOf(component.Purl!, component.Version)).OfType<PackageKey>();
        foreach (var ecosystem in keys.GroupBy(key => key.Ecosystem, key => key.Name))
            foreach (var names in ecosystem.Distinct().Chunk(NamesAtOnce))
                entries.AddRange(await (from package in db.VulnerablePackages.AsNoTracking()
                                        where package.Ecosystem == ecosystem.Key && names.Contains(package.Name)
                                        join vulnerability in db.Vulnerabilities.AsNoTracking() on package.VulnerabilityId equals vulnerability.Id
                                        where vulnerability.Withdrawn == null
                                        orderby vulnerability.Id
                                        select new ListedPackage(vulnerability, package)).ToListAsync(cancellationToken));
        return (entries, await db.VulnerabilityLists.AsNoTracking().OrderBy(list => list.Ecosystem).ToListAsync(cancellationToken));
    }
}
