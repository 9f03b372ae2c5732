using DeployHub.Domain;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using Mediator;

namespace DeployHub.Features.Models;

/// <summary>What changed between two versions of a model, in words, part by part.</summary>
/// <param name="From">Number of the earlier one.</param>
/// <param name="To">Number of the later one.</param>
/// <param name="FromModel">Slug of the earlier one's model, where it is another.</param>
public sealed record CompareModelVersions(string Slug, int From, int To, string? FromModel = null) : IQuery<Result<ModelDifferences>>
{
    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<CompareModelVersions, Result<ModelDifferences>>
    {
        public async ValueTask<Result<ModelDifferences>> Handle(CompareModelVersions query, CancellationToken cancellationToken)
        {
            var was = await db.FindModelVersionAsync(query.FromModel is { Length: > 0 } other ? other : query.Slug, query.From, cancellationToken);
            if (was.Error is { } noEarlier) return noEarlier;
            var now = await db.FindModelVersionAsync(query.Slug, query.To, cancellationToken);
            if (now.Error is { } noLater) return noLater;

            return ModelDifferences.Between(was.Value, now.Value, caller);
        }
    }
}
