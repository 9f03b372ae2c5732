using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Blocks;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Notation;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Blocks;

/// <summary>
/// Publishes the document of a block as its next version. Importing what the version that was published last says already changes nothing and
/// answers that version, so that Git may import again and again.
/// </summary>
/// <param name="Key">As in the address; the document must say the same.</param>
/// <param name="Document">The text as people wrote it.</param>
/// <param name="Seen">The row version of the block that was looked at before; another one is refused.</param>
[Requires(Permission.PublishModels, To = "import blocks")]
public sealed record ImportBlock(string Key, string Document, DocumentFormat Format = DocumentFormat.Yaml, string? ReleaseNote = null, uint? Seen = null)
    : ICommand<Result<ImportBlock.Imported>>
{
    /// <param name="IsNew">False when the version that was published last said the same already.</param>
    /// <param name="Remarks">Warnings and hints; errors would have refused the import.</param>
    public sealed record Imported(string Key, int Number, BlockVersionStatus Status, Digest Digest, bool IsNew, IReadOnlyList<PlacedRemark> Remarks);

    internal sealed class Validator : AbstractValidator<ImportBlock>
    {
        public Validator()
        {
            RuleFor(command => command.Key).IsKey();
            RuleFor(command => command.ReleaseNote).MaximumLength(2000);
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ImportBlock, Result<Imported>>
    {
        public async ValueTask<Result<Imported>> Handle(ImportBlock command, CancellationToken cancellationToken)
        {
            var reading = BlockDocument.Read(command.Document, format: command.Format);
            if (reading.Content is not { } content) return BlockErrors.Remarked(reading.Errors.Select(error => (error.Path, error.Full)));
            if (content.Block != command.Key) return BlockErrors.KeyDiffers(command.Key, content.Block);

            var block = await db.Blocks.SingleOrDefaultAsync(block => block.Key == command.Key, cancellationToken);
            if (block is null && command.Seen is not null) return Conflicts.ChangedMeanwhile;
            if (block is not null && db.ChangedSince(block, command.Seen) is { } refusal) return refusal;

            var versions = block is null ? [] : await db.BlockVersions.Where(version => version.BlockId == block.Id).ToListAsync(cancellationToken);
            if (versions.Find(version => version.Number == block!.CurrentNumber) is { Status: BlockVersionStatus.Published } last && last.Says(content)) return Answer(last, isNew: false);
            if (versions.Find(version => version.Status is BlockVersionStatus.Draft) is { } open && open.Says(content)) return BlockErrors.DraftSaysSo(open.Number);

            var at = clock.GetUtcNow();
            block ??= db.Blocks.Add(Block.Plan(content.Block, content.Name, content.Purpose, at)).Entity;
            var yaml = command.Format is DocumentFormat.Yaml ? command.Document : BlockDocument.Yaml(content);
            var imported = db.BlockVersions.Add(block.Import(content, yaml, command.ReleaseNote?.Trim() ?? "", caller.Actor, at)).Entity;
            await db.TellOfBlockAsync(command.Key, imported.Number, imported.ReleaseNote, caller.Actor, at, cancellationToken);
            return Answer(imported, isNew: true);

            Imported Answer(BlockVersion version, bool isNew) => new(command.Key, version.Number, version.Status, version.Digest, isNew, reading.Remarks);
        }
    }
}
