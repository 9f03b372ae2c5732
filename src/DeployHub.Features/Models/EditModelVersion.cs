using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Blocks;
using DeployHub.Features.Models.Notation;
using DeployHub.Features.Models.Notation.Editing;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models;

/// <summary>
/// Changes the text of a draft at the places that the edits name, as JSON Patch (RFC 6902) has it, and leaves every other character as it was
/// written, comments and order included. Refused whole when one edit is; errors in what the document then says are kept, as everywhere in a draft.
/// </summary>
/// <param name="Edits">Done one after the other.</param>
/// <param name="Seen">The row version of the draft that was looked at before; another one is refused.</param>
[Requires(Permission.EditModels)]
public sealed record EditModelVersion(string Slug, int Number, IReadOnlyList<DocumentEdit> Edits, uint? Seen = null) : ICommand<Result<WriteModelVersion.Written>>
{
    internal sealed class Validator : AbstractValidator<EditModelVersion>
    {
        public Validator()
        {
            RuleFor(command => command.Slug).IsKey();
            RuleFor(command => command.Edits).Must(edits => edits is { Count: > 0 and <= YamlEdit.Most }).WithMessage($"Send 1 to {YamlEdit.Most} edits.");
            RuleForEach(command => command.Edits).NotNull().WithMessage("An edit says op and path.").SetValidator(new EditValidator());
        }
    }

    internal sealed class EditValidator : AbstractValidator<DocumentEdit>
    {
        private const string Pointer = "Write a JSON Pointer of at most 1000 characters, such as /stages/execute/steps/1/timeout.";

        public EditValidator()
        {
            RuleFor(edit => edit.Path).Must(IsPointer).WithMessage(Pointer);
            RuleFor(edit => edit.From).Must(IsPointer).When(edit => edit.Op is EditOperation.Move).WithMessage($"Say where it is now. {Pointer}");
            RuleFor(edit => edit.From).Null().When(edit => edit.Op is not EditOperation.Move).WithMessage("Only move takes something from elsewhere.");
            RuleFor(edit => edit.Value).NotNull().When(edit => edit.Op is EditOperation.Add or EditOperation.Replace).WithMessage("Say the value; remove takes something away.");
            RuleFor(edit => edit.Value).Null().When(edit => edit.Op is EditOperation.Remove or EditOperation.Move).WithMessage("Here no value belongs.");
        }

        private static bool IsPointer(string? path) => path is { Length: <= 1000 } && DocumentPath.Parts(path) is not null;
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<EditModelVersion, Result<WriteModelVersion.Written>>
    {
        public async ValueTask<Result<WriteModelVersion.Written>> Handle(EditModelVersion command, CancellationToken cancellationToken)
        {
            var found = await db.FindModelVersionAsync(command.Slug, command.Number, cancellationToken);
            if (found.Error is { } unknown) return unknown;
            var version = found.Value;
            if (db.ChangedSince(version, command.Seen) is { } changed) return changed;

            var edited = YamlEdit.Apply(version.Yaml, command.Edits);
            if (edited.Error is { } uneditable) return uneditable;

            var reading = await db.ReadModelAsync(edited.Value, command.Slug, DocumentFormat.Yaml, cancellationToken);
            var written = version.Write(edited.Value, reading.Content, caller.Actor, clock.GetUtcNow());
            if (written.Error is { } frozen) return frozen;

            return new WriteModelVersion.Written(command.Slug, command.Number, version.Digest, version.Said is not null, reading.Remarks);
        }
    }
}
