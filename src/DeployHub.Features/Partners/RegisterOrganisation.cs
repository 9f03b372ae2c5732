using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Partners;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Partners;

/// <summary>Makes somebody known whom deployments concern: a partner, a consumer, a supplier, another unit. Answers the key.</summary>
/// <param name="TimeZone">IANA name of the clock it lives by.</param>
/// <param name="NoticeDays">How many working days before a deployment it is to be asked; 5 unless told.</param>
/// <param name="Silence">What it means when it does not answer in time.</param>
[Requires(Permission.ManagePartners)]
public sealed record RegisterOrganisation(
    string Key, string Name, OrganisationKind Kind = OrganisationKind.Partner, string TimeZone = "UTC", int NoticeDays = Organisation.UsualNotice, SilencePolicy Silence = SilencePolicy.Blocks)
    : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<RegisterOrganisation>
    {
        public Validator()
        {
            RuleFor(command => command.Key).IsKey();
            RuleFor(command => command.Name).IsName();
            RuleFor(command => command.Kind).IsInEnum();
            RuleFor(command => command.TimeZone).IsZone();
            RuleFor(command => command.NoticeDays).IsNotice();
            RuleFor(command => command.Silence).IsInEnum();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RegisterOrganisation, Result<string>>
    {
        public ValueTask<Result<string>> Handle(RegisterOrganisation command, CancellationToken cancellationToken)
        {
            db.Organisations.Add(Organisation.Register(command.Key, command.Name.Trim(), command.Kind, command.TimeZone, command.NoticeDays, command.Silence, caller.Actor, clock.GetUtcNow()));
            return ValueTask.FromResult<Result<string>>(command.Key);
        }
    }
}
