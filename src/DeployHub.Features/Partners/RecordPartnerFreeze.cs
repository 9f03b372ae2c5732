using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Partners;

/// <summary>Records in which time an organisation wants nothing to be deployed that concerns it. Answers the freeze's number.</summary>
/// <param name="Start">Wall time in the zone.</param>
/// <param name="End">Wall time in the zone; not part of it.</param>
/// <param name="TimeZone">IANA name; null takes the organisation's own.</param>
[Requires(Permission.ManagePartners)]
public sealed record RecordPartnerFreeze(string Organisation, string Name, DateTime Start, DateTime End, string? TimeZone = null) : ICommand<Result<int>>
{
    internal sealed class Validator : AbstractValidator<RecordPartnerFreeze>
    {
        public Validator()
        {
            RuleFor(command => command.Name).IsName();
            RuleFor(command => command.Start).IsWallTime("Say when it starts.");
            RuleFor(command => command.End).IsWallTime("Say when it ends.");
            RuleFor(command => command.TimeZone!).IsZone().When(command => command.TimeZone is not null);
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RecordPartnerFreeze, Result<int>>
    {
        public async ValueTask<Result<int>> Handle(RecordPartnerFreeze command, CancellationToken cancellationToken) =>
            await db.FindOrganisationAsync(command.Organisation, cancellationToken) is { } organisation
                ? organisation.Freeze(command.Name.Trim(), command.Start, command.End, command.TimeZone, caller.Actor, clock.GetUtcNow())
                : Error.NotFound("organisation", command.Organisation);
    }
}
