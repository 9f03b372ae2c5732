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

/// <summary>Makes a partner's link worthless, at once.</summary>
[Requires(Permission.AlignPartners)]
public sealed record RevokePartnerLink(string Organisation, Guid Link) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<RevokePartnerLink>
    {
        public Validator() => RuleFor(command => command.Link).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RevokePartnerLink, Result>
    {
        public async ValueTask<Result> Handle(RevokePartnerLink command, CancellationToken cancellationToken)
        {
            if (await db.FindOrganisationAsync(command.Organisation, cancellationToken) is not { } organisation) return Error.NotFound("organisation", command.Organisation);

            var id = PartnerLinkId.From(command.Link);
            var link = await db.PartnerLinks.SingleOrDefaultAsync(known => known.Id == id && known.OrganisationId == organisation.Id, cancellationToken);
            return link is null ? Error.NotFound("partner-link", command.Link.ToString()) : link.Revoke(caller.Actor, clock.GetUtcNow());
        }
    }
}
