using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>Says that a question has settled itself, or is settled elsewhere: by whoever asked it, or may answer it.</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
/// <param name="Number">Of the question within the run.</param>
/// <param name="Text">What settled it.</param>
[Requires(Permission.AcknowledgeVersions)]
public sealed record ResolveQuestion(string Run, int Number, string Text) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ResolveQuestion>
    {
        public Validator()
        {
            RuleFor(command => command.Text).NotEmpty().WithMessage("Say what settled it.").MaximumLength(4000).WithMessage("Use at most 4000 characters.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Doorbell doorbell, Caller caller, TimeProvider clock) : ICommandHandler<ResolveQuestion, Result>
    {
        public async ValueTask<Result> Handle(ResolveQuestion command, CancellationToken cancellationToken)
        {
            var locked = await db.LockRunForAsync(command.Run, Permission.AcknowledgeVersions, caller, cancellationToken);
            if (locked.Error is { } error) return error;

            var deployment = await db.Deployments.SingleAsync(known => known.Id == locked.Value.DeploymentId, cancellationToken);
            var mayAnswer = await db.MayAnswerAsync(deployment, caller, cancellationToken);
            var resolved = locked.Value.ResolveQuestion(command.Number, command.Text, mayAnswer, caller.Actor, clock.GetUtcNow());
            if (resolved.Error is null) db.AfterCommit.Add(doorbell.Ring);
            return resolved;
        }
    }
}
