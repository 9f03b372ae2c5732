using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>What each target of an environment gets of a service's variables, and which scope it comes from; a page of targets at a time.</summary>
/// <param name="Environment">Key of the environment.</param>
/// <param name="After">The last target's name of the page before; null for the first page.</param>
/// <param name="Limit">Targets a page, 1 to 200; 50 unless told.</param>
public sealed record PreviewVariables(string Service, string Environment, string? After = null, int? Limit = null) : IQuery<Result<Page<PreviewVariables.Row>>>
{
    /// <param name="Target">Null for what is read where no target is at hand, such as by what a phase does once.</param>
    public sealed record Row(string? Target, IReadOnlyDictionary<string, string> Labels, IReadOnlyList<Cell> Variables);

    /// <param name="Value">Null when none applies, or two do.</param>
    /// <param name="From">The scope that won, in words.</param>
    /// <param name="Problem">Which two are equally specific; a plan that needs the value is refused.</param>
    public sealed record Cell(string Name, string? Value, string? From, string? Problem);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<PreviewVariables, Result<Page<Row>>>
    {
        public async ValueTask<Result<Page<Row>>> Handle(PreviewVariables query, CancellationToken cancellationToken)
        {
            var service = await db.Services.AsNoTracking().SingleOrDefaultAsync(service => service.Key == query.Service, cancellationToken);
            if (service is null) return Error.NotFound("service", query.Service);
            var environment = await db.Environments.AsNoTracking().SingleOrDefaultAsync(environment => environment.Key == query.Environment, cancellationToken);
            if (environment is null) return Error.NotFound("environment", query.Environment);

            var variables = await db.Variables.AsNoTracking().Where(variable => variable.ServiceId == service.Id).OrderBy(variable => variable.Name).ToListAsync(cancellationToken);
            var targets = await db.Targets.AsNoTracking()
                .Where(target => target.EnvironmentId == environment.Id && target.RetiredAt == null && (query.After == null || target.Name.CompareTo(query.After) > 0))
                .OrderBy(target => target.Name).Take(Page.Size(query.Limit) + 1)
                .Select(target => new { target.Name, target.Labels }).ToListAsync(cancellationToken);
            var page = Page.Of(targets, query.Limit, target => target.Name);
            var rows = page.Rows.Select(target => RowOf(variables, new VariablePlace(environment.Key, target.Name, target.Labels)));
            return new Page<Row>([.. query.After is null ? [RowOf(variables, new VariablePlace(environment.Key))] : Array.Empty<Row>(), .. rows], page.Next);
        }

        private static Row RowOf(IEnumerable<Variable> variables, VariablePlace place) =>
            new(place.Target, place.Labels ?? new Dictionary<string, string>(), [.. variables.Select(variable => CellOf(variable, place))]);

        private static Cell CellOf(Variable variable, VariablePlace place) => variable.At(place).Match(
            value => new Cell(variable.Name, value?.Value, value?.Scope.InWords(), null),
            refused => new Cell(variable.Name, null, null, refused.Message));
    }
}
