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

/// <summary>Takes somebody from the distribution list of a service. That they were told is kept.</summary>
[Requires(Permission.ManagePartners)]
public sealed record EndRecipient(string Service, Guid Recipient, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<EndRecipient>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<EndRecipient, Result>
    {
        public async ValueTask<Result> Handle(EndRecipient command, CancellationToken cancellationToken)
        {
            var id = RecipientId.From(command.Recipient);
            var recipient = await db.Recipients.Where(known => db.Services.Any(service => service.Id == known.ServiceId && service.Key == command.Service))
                .SingleOrDefaultAsync(known => known.Id == id, cancellationToken);
            if (recipient is null) return Error.NotFound("recipient", command.Recipient.ToString());

            return caller.RefusalAround(Permission.ManagePartners, service: command.Service) is { } outOfReach
                ? outOfReach
                : recipient.End(command.Reason, caller.Actor, clock.GetUtcNow());
        }
    }
}
