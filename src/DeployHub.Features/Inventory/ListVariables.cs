using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>The variables of a service in order of their name, each with its values and their scopes.</summary>
public sealed record ListVariables(string Service) : IQuery<Result<IReadOnlyList<ListVariables.Row>>>
{
    /// <param name="RowVersion">What an edit sends back as <c>Seen</c>; the API's <c>ETag</c>.</param>
    public sealed record Row(
        string Name, string Description, IReadOnlyList<ScopedValue> Values, string ChangedBy, DateTimeOffset ChangedAt, [property: JsonIgnore] uint RowVersion);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ListVariables, Result<IReadOnlyList<Row>>>
    {
        public async ValueTask<Result<IReadOnlyList<Row>>> Handle(ListVariables query, CancellationToken cancellationToken)
        {
            if (!await db.Services.AnyAsync(service => service.Key == query.Service, cancellationToken)) return Error.NotFound("service", query.Service);

            return await RowsAsync(db, query.Service, null, cancellationToken);
        }
    }

    /// <param name="name">Only this one; null for all.</param>
    internal static async Task<List<Row>> RowsAsync(DeployHubDb db, string service, string? name, CancellationToken cancellationToken)
    {
        var found = await (from variable in db.Variables.AsNoTracking()
                           join owner in db.Services on variable.ServiceId equals owner.Id
                           where owner.Key == service && (name == null || variable.Name == name)
                           orderby variable.Name
                           select new { Variable = variable, RowVersion = EF.Property<uint>(variable, "Version") }).ToListAsync(cancellationToken);
        return [.. found.Select(row => new Row(row.Variable.Name, row.Variable.Description, row.Variable.Values, row.Variable.ChangedBy.Name, row.Variable.ChangedAt, row.RowVersion))];
    }
}
