using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Access;

/// <summary>Makes a person's token worthless, at once: one's own, or as an administrator anybody's.</summary>
[Requires(Permission.MakeTokens)]
public sealed record RevokePersonalToken(Guid Token) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<RevokePersonalToken>
    {
        public Validator() => RuleFor(command => command.Token).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RevokePersonalToken, Result>
    {
        public async ValueTask<Result> Handle(RevokePersonalToken command, CancellationToken cancellationToken)
        {
            var id = PersonalTokenId.From(command.Token);
            var token = await db.PersonalTokens.SingleOrDefaultAsync(known => known.Id == id, cancellationToken);
            var isTheirs = token?.Holder == caller.Actor.Id || caller.May(Permission.ManageAccess); // of others’ tokens nobody else hears
            return token is null || !isTheirs ? Error.NotFound("personal-token", command.Token.ToString()) : token.Revoke(caller.Actor, clock.GetUtcNow());
        }
    }
}
