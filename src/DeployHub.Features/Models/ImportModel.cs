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
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models;

/// <summary>
/// Publishes a model document as the next version of its model; the version before is deprecated. Importing what the newest published version
/// says already changes nothing and answers that version, so that Git may import again and again.
/// </summary>
/// <param name="Slug">As in the address; the document must say the same.</param>
/// <param name="Document">The text as people wrote it.</param>
/// <param name="Seen">The row version of the model that was looked at before; another one is refused.</param>
[Requires(Permission.PublishModels, To = "import models")]
public sealed record ImportModel(string Slug, string Document, DocumentFormat Format = DocumentFormat.Yaml, string? ReleaseNote = null, uint? Seen = null)
    : ICommand<Result<ImportModel.Imported>>
{
    /// <param name="IsNew">False when the newest version said the same already.</param>
    /// <param name="Remarks">Warnings and hints; errors would have refused the import.</param>
    public sealed record Imported(string Slug, int Number, ModelVersionStatus Status, Digest Digest, bool IsNew, IReadOnlyList<PlacedRemark> Remarks);

    internal sealed class Validator : AbstractValidator<ImportModel>
    {
        public Validator()
        {
            RuleFor(command => command.Slug).IsModelSlug();
            RuleFor(command => command.ReleaseNote).MaximumLength(2000);
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ImportModel, Result<Imported>>
    {
        public async ValueTask<Result<Imported>> Handle(ImportModel command, CancellationToken cancellationToken)
        {
            var reading = await db.ReadModelAsync(command.Document, null, command.Format, cancellationToken);
            if (reading.Content is not { } content) return ModelErrors.Remarked(reading.Errors.Select(error => (error.Path, error.Full)));
            if (content.Model != command.Slug) return ModelErrors.SlugDiffers(command.Slug, content.Model);

            var model = await db.Models.SingleOrDefaultAsync(model => model.Slug == command.Slug, cancellationToken);
            if (model is null && command.Seen is not null) return Conflicts.ChangedMeanwhile;
            if (model is not null && db.ChangedSince(model, command.Seen) is { } refusal) return refusal;

            var versions = await db.VersionsOfAsync(model, cancellationToken);
            if (versions.Find(version => version.PublishedAt is not null) is { } newest && newest.Says(content)) return Answer(newest, isNew: false);
            if (versions.Find(version => version.IsOpen) is { } open && open.Says(content)) return ModelErrors.DraftSaysSo(open.Number);

            var (at, yaml) = (clock.GetUtcNow(), command.Format is DocumentFormat.Yaml ? command.Document : ModelDocument.Yaml(content));
            model ??= db.Models.Add(Model.Create(content, caller.Actor, at)).Entity;
            return Answer(await db.PublishImportedAsync(model, versions, content, yaml, command.ReleaseNote?.Trim() ?? "", null, caller.Actor, at, cancellationToken), isNew: true);

            Imported Answer(ModelVersion version, bool isNew) => new(command.Slug, version.Number, version.Status, version.Digest, isNew, reading.Remarks);
        }
    }
}
