using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Sources;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Blocks;
using DeployHub.Features.Models.Notation;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Sources;

/// <summary>Which text of a draft counts, when it was edited here and in Git.</summary>
public enum SourceChoice
{
    /// <summary>The draft stays as it is. The next change in Git is told again.</summary>
    KeepOurs,

    /// <summary>The draft takes the text of the commit; what was written here is gone.</summary>
    TakeGits,
}

/// <summary>Chooses between a draft's own text and the one from Git.</summary>
/// <param name="Path">Of the document, from the repository's root.</param>
/// <param name="Seen">What came with the two texts that were looked at; refused with <c>changed-meanwhile</c> when they are others now.</param>
[Requires(Permission.EditModels)]
public sealed record ResolveSourceConflict(string Key, string Branch, string Path, SourceChoice Choice, string Seen) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ResolveSourceConflict>
    {
        public Validator()
        {
            RuleFor(command => command.Branch).NotEmpty().WithMessage("Say on which branch.");
            RuleFor(command => command.Path).NotEmpty().WithMessage("Say which document.");
            RuleFor(command => command.Choice).IsInEnum().WithMessage("Say TakeGits or KeepOurs.");
            RuleFor(command => command.Seen).NotEmpty().WithMessage("Say which two texts you looked at.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ResolveSourceConflict, Result>
    {
        public async ValueTask<Result> Handle(ResolveSourceConflict command, CancellationToken cancellationToken)
        {
            var found = await db.FindModelSourceAsync(command.Key, cancellationToken);
            if (found.Error is { } missing) return missing;
            if (await db.SourceDocuments.FindAsync([found.Value.Id, command.Branch, command.Path], cancellationToken) is not { } document) return ModelSourceErrors.DocumentNotFound(command.Path);
            if (document is not { Outcome: DocumentOutcome.Conflict, Theirs: { } theirs, Model: { } slug }) return ModelSourceErrors.NoConflict(command.Path);

            var draft = await db.VersionsOf(slug).SingleOrDefaultAsync(version => version.Status == ModelVersionStatus.Draft, cancellationToken);
            if (draft is null) return ModelSourceErrors.NoConflict(command.Path);
            if (new SourceConflict(draft.Yaml, theirs).Seen != command.Seen) return Conflicts.ChangedMeanwhile;

            return command.Choice is SourceChoice.KeepOurs ? Keep(document, draft) : await TakeAsync(found.Value, document, draft, theirs, cancellationToken);
        }

        private Result Keep(SourceDocument document, ModelVersion draft)
        {
            document.Decide(DocumentOutcome.KeptOurs, $"{caller.Actor.Name} kept the text of v{draft.Number}.", draft.Number, clock.GetUtcNow());
            return Result.Success;
        }

        private async Task<Result> TakeAsync(ModelSource source, SourceDocument document, ModelVersion draft, string theirs, CancellationToken cancellationToken)
        {
            var reading = await db.ReadModelAsync(theirs, document.Model, DocumentFormat.Yaml, cancellationToken);
            if (reading.Content is not { } content) return ModelErrors.Remarked(reading.Errors.Select(error => (error.Path, error.Full)));

            var origin = new ModelOrigin(source.Key, document.Branch, document.Path, document.Commit, document.Author, ModelOrigin.DigestOf(theirs));
            var taken = draft.Take(theirs, content, origin, document.People, caller.Actor, clock.GetUtcNow());
            if (taken.Error is null) document.Decide(DocumentOutcome.Written, $"{caller.Actor.Name} took the text of {origin.ShortCommit} into v{draft.Number}.", draft.Number, clock.GetUtcNow());
            return taken;
        }
    }
}
