using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Partners;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Partners;

/// <summary>Ends a contact, a rule, a standing agreement or a freeze of an organisation. It stays readable, and its number stays taken.</summary>
/// <param name="Number">As the organisation numbers them.</param>
[Requires(Permission.ManagePartners)]
public sealed record EndOrganisationEntry(string Key, OrganisationEntry Entry, int Number, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<EndOrganisationEntry>
    {
        public Validator()
        {
            RuleFor(command => command.Entry).IsInEnum();
            RuleFor(command => command.Reason).IsReason();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<EndOrganisationEntry, Result>
    {
        public async ValueTask<Result> Handle(EndOrganisationEntry command, CancellationToken cancellationToken) =>
            await db.FindOrganisationAsync(command.Key, cancellationToken) is { } organisation
                ? organisation.EndEntry(command.Entry, command.Number, command.Reason, caller.Actor, clock.GetUtcNow())
                : Error.NotFound("organisation", command.Key);
    }
}
