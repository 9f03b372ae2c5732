using DeployHub.Domain;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Two cells of the matrix beside each other: which versions are there and what of their content differs.</summary>
/// <param name="Left">A component and an environment as <c>shop-web@staging</c>.</param>
/// <param name="Right">The other, of the same component or another.</param>
public sealed record CompareCells(string Left, string Right) : IQuery<Result<CompareCells.View>>
{
    public sealed record View(Side Left, Side Right, IReadOnlyList<Difference> Differences)
    {
        public bool AreSame => Differences.All(difference => difference.IsSame);
    }

    /// <param name="Versions">Most widespread first; empty when none was seen there.</param>
    public sealed record Side(string Component, string ComponentName, string Environment, string EnvironmentName, IReadOnlyList<Sighting> Versions);

    /// <summary>One thing that can be compared, such as an artefact's digest; null where a side does not have it.</summary>
    public sealed record Difference(string What, string? Left, string? Right)
    {
        public bool IsSame => Left == Right;
    }

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<CompareCells, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(CompareCells query, CancellationToken cancellationToken)
        {
            var left = await SideAsync(query.Left, cancellationToken);
            if (left.Error is not null) return left.Error;
            var right = await SideAsync(query.Right, cancellationToken);
            if (right.Error is not null) return right.Error;

            var before = await ContentAsync(left.Value, cancellationToken);
            var after = await ContentAsync(right.Value, cancellationToken);
            var whats = before.Select(part => part.What).Concat(after.Select(part => part.What)).Distinct();
            return new View(left.Value, right.Value, [.. whats.Select(what => new Difference(what, Find(before, what), Find(after, what)))]);
        }

        private static string? Find(List<(string What, string Value)> content, string what) => content.Find(part => part.What == what).Value;

        private async Task<Result<Side>> SideAsync(string cell, CancellationToken cancellationToken)
        {
            if (cell.Split('@') is not [var key, var place])
                return new Error(ErrorKind.Invalid, "matrix.cell-malformed", $"“{cell}” names no cell. Write a component and an environment as shop-web@staging.");

            var components = db.Components.Where(component => component.Key == key);
            var component = await components.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
            if (component is null) return Error.NotFound("component", key);
            var environment = await db.Environments.AsNoTracking().SingleOrDefaultAsync(environment => environment.Key == place, cancellationToken);
            if (environment is null) return Error.NotFound("environment", place);

            return new Side(key, component.Name, place, environment.Name, await Sightings.Of(db, components, place).ToListAsync(cancellationToken));
        }

        /// <summary>What the most widespread version of a side is made of.</summary>
        private async Task<List<(string What, string Value)>> ContentAsync(Side side, CancellationToken cancellationToken)
        {
            if (side.Versions is not [var main, ..]) return [];

            var version = await db.ComponentVersions.AsNoTracking().SingleAsync(
                version => version.Label == main.Label && db.Components.Any(component => component.Id == version.ComponentId && component.Key == side.Component),
                cancellationToken);
            return
            [
                ("Version", version.Label),
                ("Digest", version.Digest.ToString()),
                .. version.Artefacts.Select(artefact => ($"Artefact {artefact.Name}", artefact.Digest.ToString())),
                .. version.Manifest.Select(entry => ($"Manifest: {entry.Key}", entry.Value)),
                .. version.Provenance.Select(entry => ($"Provenance: {entry.Key}", entry.Value)),
            ];
        }
    }
}
