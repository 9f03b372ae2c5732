using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models.Sources;

/// <summary>Lets workers look at a paused model source again, at once.</summary>
[Requires(Permission.ManageModelSources)]
public sealed record ResumeModelSource(string Key) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ResumeModelSource>
    {
        public Validator() => RuleFor(command => command.Key).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Doorbell doorbell, TimeProvider clock) : ICommandHandler<ResumeModelSource, Result>
    {
        public async ValueTask<Result> Handle(ResumeModelSource command, CancellationToken cancellationToken)
        {
            var found = await db.FindModelSourceAsync(command.Key, cancellationToken);
            if (found.Error is { } missing) return missing;

            found.Value.Resume();
            (await db.LockSyncOfAsync(found.Value, cancellationToken)).Ask(clock.GetUtcNow());
            db.RingAfterCommit(doorbell, found.Value);
            return Result.Success;
        }
    }
}
