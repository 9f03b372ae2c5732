using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Notation;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models.Blocks;

/// <summary>
/// Writes a later version of a block, or of the model that is extended, into the text of a model: into its draft, or into a new one with the text of
/// the version in use. Nothing else of the text changes. Answers the draft's number.
/// </summary>
/// <param name="Name">Key of the block, or slug of the model that is extended.</param>
/// <param name="To">The version to take over.</param>
/// <param name="Seen">The row version of the draft that was looked at before; another one is refused.</param>
[Requires(Permission.EditModels)]
public sealed record TakeModelUpdate(string Slug, BuildingPart Part, string Name, int To, uint? Seen = null) : ICommand<Result<int>>
{
    internal sealed class Validator : AbstractValidator<TakeModelUpdate>
    {
        public Validator()
        {
            RuleFor(command => command.Slug).IsKey();
            RuleFor(command => command.Part).IsInEnum();
            RuleFor(command => command.Name).IsKey();
            RuleFor(command => command.To).GreaterThan(0).WithMessage("Say which version to take over.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<TakeModelUpdate, Result<int>>
    {
        public async ValueTask<Result<int>> Handle(TakeModelUpdate command, CancellationToken cancellationToken)
        {
            var found = await db.UpdatedVersionAsync(command.Slug, cancellationToken);
            if (found.Error is { } unknown) return unknown;
            var (model, version) = found.Value;
            if (db.ChangedSince(version, command.Seen) is { } changed) return changed;

            var to = new Pin(command.Name, command.To);
            if (LibraryNames.Moved(version.Yaml, to, command.Part is BuildingPart.Block) is not { } text) return ModelErrors.UpdateByHand(to.ToString());
            if (text == version.Yaml) return ModelErrors.NothingToUpdate(version.Number, to.ToString());

            var (content, at) = ((await db.ReadModelAsync(text, command.Slug, DocumentFormat.Yaml, cancellationToken)).Content, clock.GetUtcNow());
            if (version.IsOpen) return version.Write(text, content, caller.Actor, at) is { Error: { } frozen } ? frozen : version.Number;

            var drafted = model.Draft(null, version.Number, new ModelIntent($"Take over {command.Name} v{command.To}."), text, content, caller.Actor, at);
            if (drafted.Error is { } refusal) return refusal;

            db.ModelVersions.Add(drafted.Value);
            return drafted.Value.Number;
        }
    }
}
