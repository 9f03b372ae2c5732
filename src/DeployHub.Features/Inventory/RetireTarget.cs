using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Inventory;

/// <summary>Takes a target out of service for good. It stays for the records and gets no further version.</summary>
[Requires(Permission.RegisterEnvironments)]
public sealed record RetireTarget(string Environment, string Name) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<RetireTarget>
    {
        public Validator() => RuleFor(command => command.Name).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RetireTarget, Result>
    {
        public async ValueTask<Result> Handle(RetireTarget command, CancellationToken cancellationToken)
        {
            var target = await db.TargetAsync(command.Environment, command.Name, cancellationToken);
            if (target is null) return Error.NotFound("target", $"{command.Environment}/{command.Name}");
            if (caller.RefusalAround(Permission.RegisterEnvironments, environment: command.Environment) is { } outOfReach) return outOfReach;
            if (target.RetiredAt is not null) return InventoryErrors.TargetRetired(target.Name);

            target.Retire(clock.GetUtcNow());
            return Result.Success;
        }
    }
}
