using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Inventory;

/// <summary>Makes an environment known, with the default policy. Answers its key.</summary>
/// <param name="Owner">E-mail address or name of a person with an account.</param>
/// <param name="IsLive">Real users, data or money; production always is.</param>
/// <param name="Order">Left to right in the matrix, from where versions come to where they go.</param>
[Requires(Permission.RegisterEnvironments)]
public sealed record RegisterEnvironment(string Key, string Name, Tier Tier, string Owner, bool IsLive = false, int Order = 0) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<RegisterEnvironment>
    {
        public Validator()
        {
            RuleFor(command => command.Key).IsKey();
            RuleFor(command => command.Name).IsName();
            RuleFor(command => command.Tier).IsInEnum();
            RuleFor(command => command.Owner).IsName();
            RuleFor(command => command.Order).InclusiveBetween(0, 1000).WithMessage("Use a number from 0 to 1000.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RegisterEnvironment, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(RegisterEnvironment command, CancellationToken cancellationToken)
        {
            if (caller.RefusalAround(Permission.RegisterEnvironments, environment: command.Key) is { } outOfReach) return outOfReach;

            var owner = await db.FindOwnerAsync(command.Owner, null, caller, cancellationToken);
            if (owner.Error is { } unknown) return unknown;

            db.Environments.Add(Environment.Register(
                command.Key, command.Name, command.Tier, command.IsLive, command.Order, owner.Value, new EnvironmentPolicy(), caller.Actor, clock.GetUtcNow()));
            return command.Key;
        }
    }
}
