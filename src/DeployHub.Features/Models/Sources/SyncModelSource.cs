using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Sources;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models.Sources;

/// <summary>Asks a worker to look at a model source now. What it finds stands on the source's page a moment later.</summary>
[Requires(Permission.EditModels)]
public sealed record SyncModelSource(string Key) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<SyncModelSource>
    {
        public Validator() => RuleFor(command => command.Key).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Doorbell doorbell, TimeProvider clock) : ICommandHandler<SyncModelSource, Result>
    {
        public async ValueTask<Result> Handle(SyncModelSource command, CancellationToken cancellationToken)
        {
            var found = await db.FindModelSourceAsync(command.Key, cancellationToken);
            if (found.Error is { } missing) return missing;
            if (found.Value.PausedAt is not null) return ModelSourceErrors.Paused;

            var sync = await db.LockSyncOfAsync(found.Value, cancellationToken);
            if (sync.Rewritten is { } rewritten) return ModelSourceErrors.Rewritten(rewritten);

            sync.Ask(clock.GetUtcNow());
            db.RingAfterCommit(doorbell, found.Value);
            return Result.Success;
        }
    }
}
