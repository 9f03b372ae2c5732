using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Makes a part of a service known, so that versions of it can be registered. Answers its key.</summary>
/// <param name="Service">Key of the service it is a part of.</param>
/// <param name="SubKind">Only for kind <c>Other</c>, where it says what: <c>Licence</c>, <c>Contract</c> …</param>
[Requires(Permission.RegisterServices)]
public sealed record RegisterComponent(string Service, string Key, string Name, ComponentKind Kind, string? SubKind = null) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<RegisterComponent>
    {
        public Validator()
        {
            RuleFor(command => command.Service).NotEmpty().WithMessage("Say which service it is a part of.");
            RuleFor(command => command.Key).IsKey();
            RuleFor(command => command.Name).IsName();
            RuleFor(command => command.Kind).IsInEnum();
            RuleFor(command => command.SubKind).Empty().When(command => command.Kind is not ComponentKind.Other)
                .WithMessage("Only a component of kind Other has a sub-kind; leave it empty.");
            RuleFor(command => command.SubKind).NotEmpty().When(command => command.Kind is ComponentKind.Other)
                .WithMessage("Say what it is, such as Licence.").MaximumLength(64).WithMessage("Use at most 64 characters.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RegisterComponent, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(RegisterComponent command, CancellationToken cancellationToken)
        {
            var service = await db.Services.SingleOrDefaultAsync(service => service.Key == command.Service, cancellationToken);
            if (service is null) return InventoryErrors.Unknown("service", nameof(Service), command.Service);
            if (caller.RefusalAround(Permission.RegisterServices, service: service.Key) is { } outOfReach) return outOfReach;

            db.Components.Add(Component.Register(
                service.Id, command.Key, command.Name, command.Kind, command.SubKind, caller.Actor, clock.GetUtcNow()));
            return command.Key;
        }
    }
}
