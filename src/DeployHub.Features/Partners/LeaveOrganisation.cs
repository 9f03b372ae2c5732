using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Partners;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Partners;

/// <summary>The caller is no contact of an organisation any more, whoever named them: they are asked nothing for it and get no letters. It stays in its record.</summary>
/// <param name="Organisation">Its key.</param>
[Requires(Permission.ViewDeployments)]
public sealed record LeaveOrganisation(string Organisation) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<LeaveOrganisation>
    {
        public Validator() => RuleFor(command => command.Organisation).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<LeaveOrganisation, Result>
    {
        public async ValueTask<Result> Handle(LeaveOrganisation command, CancellationToken cancellationToken) =>
            await db.AddressOfAsync(caller, cancellationToken) is { } address && await db.FindOrganisationAsync(command.Organisation, cancellationToken) is { } organisation
                ? organisation.Leave(address, caller.Actor, clock.GetUtcNow())
                : PartnerErrors.NotYourContact(command.Organisation);
    }
}
