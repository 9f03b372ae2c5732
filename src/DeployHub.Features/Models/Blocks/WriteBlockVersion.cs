using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Blocks;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Notation;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models.Blocks;

/// <summary>Keeps the text of a block's draft exactly as it was written, errors and all: nothing that somebody typed is lost.</summary>
/// <param name="Seen">The row version of the draft that was looked at before; another one is refused.</param>
[Requires(Permission.EditModels)]
public sealed record WriteBlockVersion(string Key, int Number, string Document, DocumentFormat Format = DocumentFormat.Yaml, uint? Seen = null)
    : ICommand<Result<WriteBlockVersion.Written>>
{
    /// <param name="IsComplete">No error is left, so that it may be published.</param>
    public sealed record Written(string Key, int Number, Digest Digest, bool IsComplete, IReadOnlyList<PlacedRemark> Remarks);

    internal sealed class Validator : AbstractValidator<WriteBlockVersion>
    {
        public Validator()
        {
            RuleFor(command => command.Key).IsKey();
            RuleFor(command => command.Document).Must(text => text is null || System.Text.Encoding.UTF8.GetByteCount(text) <= ModelDocument.LargestBytes)
                .WithMessage($"The document of a block has at most {ModelDocument.LargestBytes / 1024} KB.");
            RuleFor(command => command.Document).Must(text => text is null || !text.Contains('\0')).WithMessage("The document holds a zero character, which no text has.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller) : ICommandHandler<WriteBlockVersion, Result<Written>>
    {
        public async ValueTask<Result<Written>> Handle(WriteBlockVersion command, CancellationToken cancellationToken)
        {
            var found = await db.FindBlockVersionAsync(command.Key, command.Number, cancellationToken);
            if (found.Error is { } unknown) return unknown;
            var version = found.Value;
            if (db.ChangedSince(version, command.Seen) is { } changed) return changed;

            var reading = BlockDocument.Read(command.Document, command.Key, command.Format);
            if (command.Format is DocumentFormat.Json && reading.Content is null) return BlockErrors.Remarked(reading.Errors.Select(error => (error.Path, error.Full)));

            var yaml = command.Format is DocumentFormat.Yaml ? command.Document : BlockDocument.Yaml(reading.Content!);
            var written = version.Write(yaml, reading.Content, caller.Actor);
            return written.Error is { } frozen ? frozen : new Written(command.Key, command.Number, version.Digest, version.Said is not null, reading.Remarks);
        }
    }
}
