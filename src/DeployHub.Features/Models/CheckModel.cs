using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.InWords;
using DeployHub.Features.Models.Notation;
using Mediator;

namespace DeployHub.Features.Models;

/// <summary>Says what importing a model document would say, without saving anything; and what the model does, in words.</summary>
public sealed record CheckModel(string Document, DocumentFormat Format = DocumentFormat.Yaml) : IQuery<CheckModel.Answer>
{
    /// <param name="Parameters">What a plan could adapt; empty while errors are left.</param>
    /// <param name="Digest">What the version's digest would be; null while errors are left.</param>
    /// <param name="Names">What the document calls its model, with errors, too.</param>
    public sealed record Answer(
        bool MayBePublished, Digest? Digest, IReadOnlyList<PlacedRemark> Remarks, IReadOnlyList<string> Summary, IReadOnlyList<Parameter> Parameters, ModelNames Names);

    internal sealed class Handler : IQueryHandler<CheckModel, Answer>
    {
        public ValueTask<Answer> Handle(CheckModel query, CancellationToken cancellationToken)
        {
            var reading = ModelDocument.Read(query.Document, query.Format);
            return ValueTask.FromResult(new Answer(
                reading.Content is not null, reading.Content?.Digest, reading.Remarks, reading.Content is { } content ? ModelInWords.Summary(content) : [],
                reading.Content?.Parameters ?? [], reading.Names));
        }
    }
}
