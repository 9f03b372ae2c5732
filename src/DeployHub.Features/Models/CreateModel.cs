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

/// <summary>Plans a new model and drafts its first version, from a starter, another model's document or an empty one (domain A1).</summary>
/// <param name="Slug">Unique; stands in addresses and never changes.</param>
/// <param name="Starter">What it begins with: the slug of a published model, or a starter that ships, such as <c>shipped:rolling-service</c>; null for an empty document.</param>
/// <param name="ReviewBy">When it is looked at again; twelve months from now unless told.</param>
/// <param name="Extends">Slug of the model whose published version it extends, instead of a document of its own; null for none.</param>
[Requires(Permission.EditModels)]
public sealed record CreateModel(string Slug, string Name, string Purpose, ModelIntent Intent, string? Starter = null, DateOnly? ReviewBy = null, string? Extends = null)
    : ICommand<Result<CreateModel.Created>>
{
    public sealed record Created(string Slug, int Number);

    internal sealed class Validator : AbstractValidator<CreateModel>
    {
        public Validator()
        {
            RuleFor(command => command.Slug).IsModelSlug();
            RuleFor(command => command.Name).IsName();
            RuleFor(command => command.Purpose).NotEmpty().WithMessage("Say what it is for: people choose a model by that.").MaximumLength(500).WithMessage("Use at most 500 characters.");
            RuleFor(command => command.Extends).Must((command, extends) => string.IsNullOrEmpty(extends) || string.IsNullOrEmpty(command.Starter))
                .WithMessage("A model extends another, or begins with a copy of one: choose.");
            RuleFor(command => command.Intent).NotNull().SetValidator(new ModelIntentValidator());
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<CreateModel, Result<Created>>
    {
        public async ValueTask<Result<Created>> Handle(CreateModel command, CancellationToken cancellationToken)
        {
            if (await db.Models.AnyAsync(model => model.Slug == command.Slug, cancellationToken)) return ModelErrors.SlugInUse(command.Slug);

            var text = await TextAsync(command, cancellationToken);
            if (text.Error is { } unknown) return unknown;

            var at = clock.GetUtcNow();
            var model = db.Models.Add(Model.Plan(command.Slug, command.Name.Trim(), command.Purpose.Trim(), caller.Actor, at)).Entity;
            if (command.ReviewBy is { } day && model.Entrust(caller.Actor, day, at).Error is { } outside) return outside;

            var content = (await db.ReadModelAsync(text.Value, command.Slug, DocumentFormat.Yaml, cancellationToken)).Content;
            var drafted = model.Draft(null, null, command.Intent, text.Value, content, caller.Actor, at);
            if (drafted.Error is { } refusal) return refusal;

            db.ModelVersions.Add(drafted.Value);
            return new Created(model.Slug, drafted.Value.Number);
        }

        private async Task<Result<string>> TextAsync(CreateModel command, CancellationToken cancellationToken)
        {
            if (command.Extends is { Length: > 0 } extended) return await ExtendingAsync(command, extended, cancellationToken);
            if (command.Starter is not { Length: > 0 } starter) return DocumentHead.Empty(command.Slug, command.Name.Trim(), command.Purpose.Trim());

            var begun = Starters.IsShipped(starter) ? Shipped(starter) : await OfTheHouseAsync(starter, cancellationToken);
            return begun.Error is null ? DocumentHead.Of(begun.Value, command.Slug, command.Name.Trim(), command.Purpose.Trim()) : begun;
        }

        private static Result<string> Shipped(string starter) => Starters.Find(starter) is { } shipped ? shipped.Yaml : ModelErrors.NoShippedStarter(starter);

        private async Task<Result<string>> OfTheHouseAsync(string slug, CancellationToken cancellationToken)
        {
            var current = await db.VersionsOf(slug).Where(version => version.PublishedAt != null).OrderByDescending(version => version.Number).FirstOrDefaultAsync(cancellationToken);
            return current is null ? ModelErrors.NoStarter(slug) : current.Yaml;
        }

        private async Task<Result<string>> ExtendingAsync(CreateModel command, string extended, CancellationToken cancellationToken)
        {
            var number = await db.VersionsOf(extended).Where(version => version.Status == ModelVersionStatus.Published).MaxAsync(version => (int?)version.Number, cancellationToken);
            if (number is not { } published) return ModelErrors.NotExtensible(extended);

            return DocumentHead.Extending(command.Slug, command.Name.Trim(), command.Purpose.Trim(), new Pin(extended, published));
        }
    }
}
