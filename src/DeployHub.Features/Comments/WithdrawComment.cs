using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Comments;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Comments;

/// <summary>Takes one's own comment back. That there was one stays.</summary>
[Requires(Permission.ViewDeployments)]
public sealed record WithdrawComment(Guid Id) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<WithdrawComment>
    {
        public Validator() => RuleFor(command => command.Id).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<WithdrawComment, Result>
    {
        public async ValueTask<Result> Handle(WithdrawComment command, CancellationToken cancellationToken)
        {
            var id = CommentId.From(command.Id);
            return await db.Comments.SingleOrDefaultAsync(known => known.Id == id, cancellationToken) is { } comment
                ? comment.Withdraw(caller.Actor, clock.GetUtcNow())
                : Error.NotFound("comment", command.Id.ToString());
        }
    }
}
