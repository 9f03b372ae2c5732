using DeployHub.Domain;
using DeployHub.Features.Data;
using Mediator;

namespace DeployHub.Features.Inventory;

/// <summary>One variable of a service.</summary>
public sealed record ShowVariable(string Service, string Name) : IQuery<Result<ListVariables.Row>>
{
    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ShowVariable, Result<ListVariables.Row>>
    {
        public async ValueTask<Result<ListVariables.Row>> Handle(ShowVariable query, CancellationToken cancellationToken) =>
            await ListVariables.RowsAsync(db, query.Service, query.Name, cancellationToken) is [var found] ? found : Error.NotFound("variable", $"{query.Service}/{query.Name}");
    }
}
