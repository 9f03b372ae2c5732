using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Approving;

/// <summary>Ends one's own cover: one is back.</summary>
[Requires(Permission.ApprovePlans)]
public sealed record EndCover(Guid Cover) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<EndCover>
    {
        public Validator()
        {
            RuleFor(command => command.Cover).NotEmpty();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<EndCover, Result>
    {
        public async ValueTask<Result> Handle(EndCover command, CancellationToken cancellationToken)
        {
            var id = ApprovalCoverId.From(command.Cover);
            var cover = await db.ApprovalCovers.SingleOrDefaultAsync(known => known.Id == id, cancellationToken);
            return cover is null ? ApprovalErrors.NoSuchCover : cover.End(caller.Actor, clock.GetUtcNow());
        }
    }
}
