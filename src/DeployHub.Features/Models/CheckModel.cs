using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.InWords;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Blocks;
using DeployHub.Features.Models.Notation;
using Mediator;

namespace DeployHub.Features.Models;

/// <summary>Says what importing a model document would say, without saving anything; and what the model does, in words.</summary>
/// <param name="Slug">What the document must call its model; null for whatever it says.</param>
public sealed record CheckModel(string Document, DocumentFormat Format = DocumentFormat.Yaml, string? Slug = null) : IQuery<CheckModel.Answer>
{
    /// <param name="Parameters">What a plan could adapt; empty while errors are left.</param>
    /// <param name="Digest">What the version's digest would be; null while errors are left.</param>
    /// <param name="Names">What the document calls its model, with errors, too.</param>
    /// <param name="Reading">What was read, for whoever draws it.</param>
    public sealed record Answer(
        bool MayBePublished, Digest? Digest, IReadOnlyList<PlacedRemark> Remarks, IReadOnlyList<string> Summary, IReadOnlyList<Parameter> Parameters, ModelNames Names,
        [property: JsonIgnore] ModelReading Reading);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<CheckModel, Answer>
    {
        public async ValueTask<Answer> Handle(CheckModel query, CancellationToken cancellationToken)
        {
            var reading = await db.ReadModelAsync(query.Document, query.Slug, query.Format, cancellationToken);
            return new Answer(
                reading.Content is not null, reading.Content?.Digest, reading.Remarks, reading.Content is { } content ? ModelInWords.Summary(content) : [], reading.Content?.Parameters ?? [],
                reading.Names, reading);
        }
    }
}
