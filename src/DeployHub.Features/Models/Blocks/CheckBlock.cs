using DeployHub.Domain;
using DeployHub.Domain.Models.Validation;
using DeployHub.Features.Models.Notation;
using Mediator;

namespace DeployHub.Features.Models.Blocks;

/// <summary>Says what importing the document of a block would say, without saving anything; and in which lists of a model it may stand.</summary>
public sealed record CheckBlock(string Document, DocumentFormat Format = DocumentFormat.Yaml) : IQuery<CheckBlock.Answer>
{
    /// <param name="Digest">What the version's digest would be; null while errors are left.</param>
    /// <param name="MayStandIn">Lists of a model, as a document names them, such as <c>execute.steps</c>.</param>
    public sealed record Answer(bool MayBePublished, Digest? Digest, IReadOnlyList<PlacedRemark> Remarks, IReadOnlyList<string> MayStandIn);

    internal sealed class Handler : IQueryHandler<CheckBlock, Answer>
    {
        public ValueTask<Answer> Handle(CheckBlock query, CancellationToken cancellationToken)
        {
            var reading = BlockDocument.Read(query.Document, format: query.Format);
            return ValueTask.FromResult(new Answer(
                reading.Content is not null, reading.Content?.Digest, reading.Remarks, reading.Content is { } content ? BlockValidation.ListsFor(content, NCalcConditions.Instance) : []));
        }
    }
}
