using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Blocks;
using DeployHub.Features.Models.Notation;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models;

/// <summary>Keeps the text of a draft exactly as it was written, errors and all: nothing that somebody typed is lost.</summary>
/// <param name="Seen">The row version of the draft that was looked at before; another one is refused.</param>
[Requires(Permission.EditModels)]
public sealed record WriteModelVersion(string Slug, int Number, string Document, DocumentFormat Format = DocumentFormat.Yaml, uint? Seen = null)
    : ICommand<Result<WriteModelVersion.Written>>
{
    /// <param name="IsComplete">No error is left, so that testing may start.</param>
    public sealed record Written(string Slug, int Number, Digest Digest, bool IsComplete, IReadOnlyList<PlacedRemark> Remarks);

    internal sealed class Validator : AbstractValidator<WriteModelVersion>
    {
        public Validator()
        {
            RuleFor(command => command.Slug).IsKey();
            RuleFor(command => command.Document).Must(text => text is null || System.Text.Encoding.UTF8.GetByteCount(text) <= ModelDocument.LargestBytes)
                .WithMessage($"A model document has at most {ModelDocument.LargestBytes / 1024} KB.");
            RuleFor(command => command.Document).Must(text => text is null || !text.Contains('\0')).WithMessage("The document holds a zero character, which no text has.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<WriteModelVersion, Result<Written>>
    {
        public async ValueTask<Result<Written>> Handle(WriteModelVersion command, CancellationToken cancellationToken)
        {
            var found = await db.FindModelVersionAsync(command.Slug, command.Number, cancellationToken);
            if (found.Error is { } unknown) return unknown;
            var version = found.Value;
            if (db.ChangedSince(version, command.Seen) is { } changed) return changed;

            var reading = await db.ReadModelAsync(command.Document, command.Slug, command.Format, cancellationToken);
            if (command.Format is DocumentFormat.Json && reading.Content is null) return ModelErrors.Remarked(reading.Errors.Select(error => (error.Path, error.Full)));

            var yaml = command.Format is DocumentFormat.Yaml ? command.Document : ModelDocument.Yaml(reading.Content!);
            var written = version.Write(yaml, reading.Content, caller.Actor, clock.GetUtcNow());
            return written.Error is { } frozen ? frozen : new Written(command.Slug, command.Number, version.Digest, version.Said is not null, reading.Remarks);
        }
    }
}
