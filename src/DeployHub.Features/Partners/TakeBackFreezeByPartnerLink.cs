using DeployHub.Domain;
using DeployHub.Domain.Partners;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Partners;

/// <summary>A partner says by their link that a freeze of theirs counts no more, whoever recorded it. It stays readable, and its number stays taken.</summary>
/// <param name="Number">As the organisation numbers its freezes.</param>
/// <param name="By">Who says so; a link may have been passed on.</param>
[RequiresNoSignIn]
public sealed record TakeBackFreezeByPartnerLink(string Token, int Number, string Reason, string By) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<TakeBackFreezeByPartnerLink>
    {
        public Validator()
        {
            RuleFor(command => command.Reason).IsReason();
            RuleFor(command => command.By).IsNamed("Write your name, so that the record says who took it back.");
        }
    }

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : ICommandHandler<TakeBackFreezeByPartnerLink, Result>
    {
        public async ValueTask<Result> Handle(TakeBackFreezeByPartnerLink command, CancellationToken cancellationToken)
        {
            var at = clock.GetUtcNow();
            var opened = await db.OpenPartnerLinkAsync(command.Token, at, cancellationToken);
            if (opened.Error is { } closed) return closed;

            var (link, organisation) = (opened.Value.Link, opened.Value.Organisation);
            return organisation.EndEntry(OrganisationEntry.Freeze, command.Number, command.Reason.Trim(), link.ToActor(organisation, command.By.Trim()), at);
        }
    }
}
