using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Approving;
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
            if (grant is null) return Error.NotFound("grant", command.Grant.ToString());

            var revoked = grant.Revoke(caller.Actor, clock.GetUtcNow());
            if (revoked.Error is null && !await StillApprovesAsync(grant, cancellationToken))
                await db.LoseApproverAsync(grant.Holder, $"holds the role {Words.Of(grant.Role)} no more", clock.GetUtcNow(), cancellationToken);
            return revoked;
        }

        private Task<bool> StillApprovesAsync(Grant gone, CancellationToken cancellationToken)
        {
            var roles = PermissionMatrix.RolesWith(Permission.ApprovePlans);
            return db.Grants.AnyAsync(other => other.Holder == gone.Holder && other.Id != gone.Id && other.ConfirmedAt != null && other.RevokedAt == null && roles.Contains(other.Role), cancellationToken);
        }
    }
}
