using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Access;

/// <summary>Closes an account: sessions end at once, sign-in is refused until it is reactivated.</summary>
[Requires(Permission.ManageAccess)]
public sealed record DeactivatePerson(string Email) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<DeactivatePerson>
    {
        public Validator() => RuleFor(command => command.Email).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db) : ICommandHandler<DeactivatePerson, Result>
    {
        public async ValueTask<Result> Handle(DeactivatePerson command, CancellationToken cancellationToken)
        {
            if (await db.FindPersonAsync(command.Email, cancellationToken) is not { } person) return Error.NotFound("person", command.Email);

            (person.LockoutEnd, person.SecurityStamp) = (DateTimeOffset.MaxValue, Secret.New());
            return Result.Success;
        }
    }
}
