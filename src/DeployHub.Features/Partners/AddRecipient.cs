using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Partners;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Partners;

/// <summary>Puts somebody on the distribution list of a service: they are told of its deployments. Answers the entry's id.</summary>
/// <param name="Organisation">Key of the organisation whose contact has this address; null for somebody of the house.</param>
[Requires(Permission.ManagePartners)]
public sealed record AddRecipient(string Service, string Name, string Email, string? Organisation = null) : ICommand<Result<Guid>>
{
    internal sealed class Validator : AbstractValidator<AddRecipient>
    {
        public Validator()
        {
            RuleFor(command => command.Name).IsName();
            RuleFor(command => command.Email).IsAddress();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<AddRecipient, Result<Guid>>
    {
        public async ValueTask<Result<Guid>> Handle(AddRecipient command, CancellationToken cancellationToken)
        {
            if (await db.Services.SingleOrDefaultAsync(known => known.Key == command.Service, cancellationToken) is not { } service) return Error.NotFound("service", command.Service);
            if (caller.RefusalAround(Permission.ManagePartners, service: command.Service) is { } outOfReach) return outOfReach;

            var organisation = command.Organisation is { } key ? await db.FindOrganisationAsync(key, cancellationToken) : null;
            if (command.Organisation is not null && organisation is null)
                return Error.Invalid("recipient.organisation-unknown", "Organisation", $"There is no organisation “{command.Organisation}”.");
            if (organisation is not null && !organisation.PeopleNow().Any(contact => contact.Email.Equals(command.Email.Trim(), StringComparison.OrdinalIgnoreCase)))
                return Error.Invalid("recipient.no-contact", "Email", $"{organisation.Name} has no contact with this address. Add the contact first.");

            var recipient = Recipient.Add(service.Id, command.Name.Trim(), command.Email.Trim(), organisation?.Id, caller.Actor, clock.GetUtcNow());
            db.Recipients.Add(recipient);
            return recipient.Id.Value;
        }
    }
}
