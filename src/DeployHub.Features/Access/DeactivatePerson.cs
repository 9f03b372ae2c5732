using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

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

            await db.LockPersonAsync(person.Id, cancellationToken); // so that no token is made beside it
            await db.RevokeTokensAsync(person, caller.Actor, clock.GetUtcNow(), cancellationToken);
            (person.LockoutEnd, person.SecurityStamp) = (DateTimeOffset.MaxValue, Secret.New());
            await db.LoseApproverAsync(person.Id.ToString(), "has no account any more", clock.GetUtcNow(), cancellationToken);
            return Result.Success;
        }
    }
}
