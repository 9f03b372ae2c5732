using DeployHub.Domain;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Partners;

/// <summary>A partner says by their link in which time nothing should be deployed that concerns them. Answers the freeze's number.</summary>
/// <param name="By">Who says so; a link may have been passed on.</param>
/// <param name="Start">Wall time in the zone.</param>
/// <param name="End">Wall time in the zone; not part of it.</param>
/// <param name="TimeZone">IANA name; null takes the organisation's own.</param>
[RequiresNoSignIn]
public sealed record AddFreezeByPartnerLink(string Token, string Name, DateTime Start, DateTime End, string By, string? TimeZone = null) : ICommand<Result<int>>
{
    internal sealed class Validator : AbstractValidator<AddFreezeByPartnerLink>
    {
        public Validator()
        {
            RuleFor(command => command.Name).IsName();
            RuleFor(command => command.Start).IsWallTime("Say when it starts.");
            RuleFor(command => command.End).IsWallTime("Say when it ends.");
            RuleFor(command => command.By).IsNamed("Write your name, so that the record says who asked for it.");
            RuleFor(command => command.TimeZone!).IsZone().When(command => command.TimeZone is not null);
        }
    }

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : ICommandHandler<AddFreezeByPartnerLink, Result<int>>
    {
        public async ValueTask<Result<int>> Handle(AddFreezeByPartnerLink command, CancellationToken cancellationToken)
        {
            var at = clock.GetUtcNow();
            var opened = await db.OpenPartnerLinkAsync(command.Token, at, cancellationToken);
            if (opened.Error is { } closed) return closed;

            var (link, organisation) = (opened.Value.Link, opened.Value.Organisation);
            return organisation.Freeze(command.Name.Trim(), command.Start, command.End, command.TimeZone, link.ToActor(organisation, command.By.Trim()), at);
        }
    }
}
