using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Access;

/// <summary>Closes an account: sessions end at once and so do the person's tokens, for good; sign-in is refused until it is reactivated.</summary>
[Requires(Permission.ManageAccess)]
public sealed record DeactivatePerson(string Email) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<DeactivatePerson>
    {
        public Validator() => RuleFor(command => command.Email).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<DeactivatePerson, Result>
    {
        public async ValueTask<Result> Handle(DeactivatePerson command, CancellationToken cancellationToken)
        {
            if (await db.FindPersonAsync(command.Email, cancellationToken) is not { } person) return Error.NotFound("person", command.Email);

            var (holder, at) = (person.Id.ToString(), clock.GetUtcNow());
            var tokens = await db.PersonalTokens.Where(token => token.Holder == holder && token.RevokedAt == null).ToListAsync(cancellationToken);
            foreach (var token in tokens) _ = token.Revoke(caller.Actor, at);
            (person.LockoutEnd, person.SecurityStamp) = (DateTimeOffset.MaxValue, Secret.New());
            return Result.Success;
        }
    }
}
