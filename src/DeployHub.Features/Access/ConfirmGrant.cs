using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Access;

/// <summary>The second administrator's yes to a grant (SOD-8).</summary>
[Requires(Permission.ManageAccess)]
public sealed record ConfirmGrant(Guid Grant) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ConfirmGrant>
    {
        public Validator() => RuleFor(command => command.Grant).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ConfirmGrant, Result>
    {
        public async ValueTask<Result> Handle(ConfirmGrant command, CancellationToken cancellationToken)
        {
            var id = GrantId.From(command.Grant);
            var grant = await db.Grants.SingleOrDefaultAsync(known => known.Id == id, cancellationToken);
            return grant is null ? Error.NotFound("grant", command.Grant.ToString()) : grant.Confirm(caller.Actor, clock.GetUtcNow());
        }
    }
}
