using DeployHub.Domain;
using Mediator;

namespace DeployHub.Features.Models;

/// <summary>The document of a model that ships with DeployHub, as YAML with its comments.</summary>
public sealed record ShowStarter(string Slug) : IQuery<Result<Starter>>
{
    internal sealed class Handler : IQueryHandler<ShowStarter, Result<Starter>>
    {
        public ValueTask<Result<Starter>> Handle(ShowStarter query, CancellationToken cancellationToken) =>
            ValueTask.FromResult<Result<Starter>>(Starters.Find(query.Slug) is { } starter ? starter : Error.NotFound("model-starter", query.Slug));
    }
}
