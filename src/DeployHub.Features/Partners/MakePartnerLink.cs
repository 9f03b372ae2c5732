using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Partners;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Partners;

/// <summary>Lets a contact of an organisation see and answer what concerns it, without an account. Answers the token, which is shown this once.</summary>
/// <param name="Contact">Number of the contact whom it is for.</param>
/// <param name="ExpiresAt">At most 90 days ahead; 30 days unless told.</param>
[Requires(Permission.AlignPartners)]
public sealed record MakePartnerLink(string Organisation, int Contact, DateTimeOffset? ExpiresAt = null) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<MakePartnerLink>
    {
        public Validator() => RuleFor(command => command.Contact).GreaterThan(0).WithMessage("Choose the contact whom the link is for.");
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<MakePartnerLink, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(MakePartnerLink command, CancellationToken cancellationToken)
        {
            if (await db.FindOrganisationAsync(command.Organisation, cancellationToken) is not { } organisation) return Error.NotFound("organisation", command.Organisation);

            var (token, at) = (Secret.New(PartnerLink.TokenPrefix), clock.GetUtcNow());
            var made = PartnerLink.Make(organisation, command.Contact, token, command.ExpiresAt?.ToUniversalTime() ?? at + PartnerLink.UsualLife, caller.Actor, at);
            if (made.Error is { } refusal) return refusal;

            db.PartnerLinks.Add(made.Value);
            return token;
        }
    }
}
