using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Access;

/// <summary>Takes a role away, at once.</summary>
[Requires(Permission.ManageAccess)]
public sealed record RevokeGrant(Guid Grant) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<RevokeGrant>
    {
        public Validator() => RuleFor(command => command.Grant).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RevokeGrant, Result>
    {
        public async ValueTask<Result> Handle(RevokeGrant command, CancellationToken cancellationToken)
        {
            var id = GrantId.From(command.Grant);
            var grant = await db.Grants.SingleOrDefaultAsync(known => known.Id == id, cancellationToken);
            return grant is null ? Error.NotFound("grant", command.Grant.ToString()) : grant.Revoke(caller.Actor, clock.GetUtcNow());
        }
    }
}
