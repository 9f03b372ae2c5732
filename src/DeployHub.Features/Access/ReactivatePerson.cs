using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Access;

/// <summary>Opens an account again; tokens of the time before stay ended.</summary>
[Requires(Permission.ManageAccess)]
public sealed record ReactivatePerson(string Email) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ReactivatePerson>
    {
        public Validator() => RuleFor(command => command.Email).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ReactivatePerson, Result>
    {
        public async ValueTask<Result> Handle(ReactivatePerson command, CancellationToken cancellationToken)
        {
            if (await db.FindPersonAsync(command.Email, cancellationToken) is not { } person) return Error.NotFound("person", command.Email);

            if (person.IsClosed) await db.RevokeTokensAsync(person, caller.Actor, clock.GetUtcNow(), cancellationToken);
            (person.LockoutEnd, person.AccessFailedCount) = (null, 0);
            return Result.Success;
        }
    }
}
