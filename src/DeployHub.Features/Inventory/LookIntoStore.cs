using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>
/// Asks which files lie in a folder of a definitive store, or which digest and size one of them has. Workers read stores: the answer stands a moment
/// later where <see cref="ShowStoreLook"/> reads it, for an hour. Answers the look's id.
/// </summary>
/// <param name="Store">Key of the store.</param>
/// <param name="Path">Below the store, with forward slashes; empty for the store itself.</param>
[Requires(Permission.RegisterVersions, To = "look into definitive stores")]
public sealed record LookIntoStore(string Store, StoreQuestion Question, string? Path = null) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<LookIntoStore>
    {
        public Validator()
        {
            RuleFor(command => command.Question).IsInEnum();
            RuleFor(command => command.Path!).IsPathInStore().When(command => !string.IsNullOrEmpty(command.Path) || command.Question is StoreQuestion.Digest);
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, Doorbell doorbell, TimeProvider clock) : ICommandHandler<LookIntoStore, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(LookIntoStore command, CancellationToken cancellationToken)
        {
            if (await db.Stores.AsNoTracking().SingleOrDefaultAsync(store => store.Key == command.Store, cancellationToken) is not { } store)
                return InventoryErrors.Unknown("definitive-store", nameof(Store), command.Store);
            if (command.Question is StoreQuestion.Files && store.Kind is not StoreKind.Folder) return InventoryErrors.StoreCannotBeListed(store.Name);
            if (command.Question is StoreQuestion.Digest && !store.Kind.HoldsFiles()) return InventoryErrors.StoreHasNoFiles(store.Name);

            var at = clock.GetUtcNow();
            var over = at - StoreLook.Kept;
            await db.StoreLooks.Where(look => look.AskedAt < over).ExecuteDeleteAsync(cancellationToken);

            var look = StoreLook.Ask(store.Id, command.Question, command.Path ?? "", caller.Actor, at);
            db.StoreLooks.Add(look);
            db.AfterCommit.Add(doorbell.Ring);
            return look.Id.Value.ToString();
        }
    }
}
