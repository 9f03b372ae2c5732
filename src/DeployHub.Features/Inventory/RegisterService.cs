using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Inventory;

/// <summary>Makes a service known, so that components and deployments can belong to it. Answers its key.</summary>
/// <param name="Owner">E-mail address or name of a person with an account.</param>
[Requires(Permission.RegisterServices)]
public sealed record RegisterService(string Key, string Name, string Owner, string? Description = null) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<RegisterService>
    {
        public Validator()
        {
            RuleFor(command => command.Key).IsKey();
            RuleFor(command => command.Name).IsName();
            RuleFor(command => command.Owner).IsName();
            RuleFor(command => command.Description).MaximumLength(2000);
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RegisterService, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(RegisterService command, CancellationToken cancellationToken)
        {
            if (caller.RefusalAround(Permission.RegisterServices, service: command.Key) is { } outOfReach) return outOfReach;

            var owner = await db.FindOwnerAsync(command.Owner, null, caller, cancellationToken);
            if (owner.Error is { } unknown) return unknown;

            var service = Service.Register(
                command.Key, command.Name, command.Description ?? "", owner.Value, caller.Actor, clock.GetUtcNow());
            db.Services.Add(service);

            return service.Key;
        }
    }
}
