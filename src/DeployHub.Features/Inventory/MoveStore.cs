using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Says where a store lies now. Its artefacts keep their paths and digests, so a wrong move is found at the next verification.</summary>
/// <param name="Seen">The version that was looked at before; another one is refused with <c>changed-meanwhile</c>.</param>
[Requires(Permission.ManageSettings)]
public sealed record MoveStore(string Key, string Name, string Location, string? Credential = null, string? Region = null, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<MoveStore>
    {
        public Validator()
        {
            RuleFor(command => command.Name).IsName();
            RuleFor(command => command.Location).NotEmpty().WithMessage("Say where the store lies.");
            RuleFor(command => command.Credential).IsSecretName();
        }
    }

    internal sealed class Handler(DeployHubDb db) : ICommandHandler<MoveStore, Result>
    {
        public async ValueTask<Result> Handle(MoveStore command, CancellationToken cancellationToken)
        {
            var store = await db.Stores.SingleOrDefaultAsync(store => store.Key == command.Key, cancellationToken);
            if (store is null) return Error.NotFound("definitive-store", command.Key);
            if (db.ChangedSince(store, command.Seen) is { } refusal) return refusal;

            // Only the store knows its kind, and with it what a location may look like: the rules of registering decide.
            var asNew = new RegisterStore(store.Key, command.Name, store.Kind, command.Location, command.Credential, command.Region);
            if (new RegisterStore.Validator().Validate(asNew).Errors.FirstOrDefault() is { } failure)
                return Error.Invalid(Error.InvalidInput, failure.PropertyName, failure.ErrorMessage);

            store.Move(command.Name, command.Location, command.Credential, command.Region);
            return Result.Success;
        }
    }
}
