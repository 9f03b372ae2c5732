using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models.Sources;

/// <summary>Goes on from a commit that is no descendant of the one before it: somebody looked why the history was rewritten.</summary>
/// <param name="Commit">The whole hash that was found; another one is refused.</param>
[Requires(Permission.ManageModelSources)]
public sealed record GoOnFromRewrittenHistory(string Key, string Commit) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<GoOnFromRewrittenHistory>
    {
        public Validator() => RuleFor(command => command.Commit).NotEmpty().WithMessage("Say from which commit to go on.");
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, Doorbell doorbell, TimeProvider clock) : ICommandHandler<GoOnFromRewrittenHistory, Result>
    {
        public async ValueTask<Result> Handle(GoOnFromRewrittenHistory command, CancellationToken cancellationToken)
        {
            var found = await db.FindModelSourceAsync(command.Key, cancellationToken);
            if (found.Error is { } missing) return missing;
            if (caller.RefusalToPublish(found.Value.Settings.Use) is { } refusal) return refusal;

            var gone = (await db.LockSyncOfAsync(found.Value, cancellationToken)).GoOn(command.Commit, caller.Actor, clock.GetUtcNow());
            if (gone.Error is null) db.RingAfterCommit(doorbell, found.Value);
            return gone;
        }
    }
}
