using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Comparing;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Blocks;
using DeployHub.Features.Models.Notation;
using Mediator;

namespace DeployHub.Features.Models;

/// <summary>What a document that is not saved says otherwise than a version of a model, in words, part by part.</summary>
/// <param name="With">Number of the version.</param>
public sealed record CompareModelDocument(string Slug, int With, string Document, DocumentFormat Format = DocumentFormat.Yaml) : IQuery<Result<ModelDifferences>>
{
    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<CompareModelDocument, Result<ModelDifferences>>
    {
        public async ValueTask<Result<ModelDifferences>> Handle(CompareModelDocument query, CancellationToken cancellationToken)
        {
            var reading = await db.ReadModelAsync(query.Document, null, query.Format, cancellationToken);
            if (reading.Content is not { } content) return ModelErrors.Remarked(reading.Errors.Select(error => (error.Path, error.Full)));
            var version = await db.FindModelVersionAsync(query.Slug, query.With, cancellationToken);
            if (version.Error is { } unknown) return unknown;

            var was = version.Value.SaidTo(caller);
            if (was.Error is { } unreadable) return unreadable;
            var isWithheld = version.Value.Said != was.Value.Content; // then both sides are told without what is right
            if (isWithheld) content = content.WithoutRightAnswers();

            return new ModelDifferences(ModelDifferences.Side.Of(version.Value, was.Value.Content), new ModelDifferences.Side(content.Model, content.Name, null), ModelComparison.Of(was.Value.Content, content))
            {
                Text = SideBySide.Of(was.Value.Yaml, query.Format is DocumentFormat.Yaml && !isWithheld ? query.Document : ModelDocument.Yaml(content)),
            };
        }
    }
}
