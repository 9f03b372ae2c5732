using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models.Sources;

/// <summary>Lets nobody look at a model source until somebody resumes it; a look that goes on just now comes to its end. Pushes are heard, and change nothing.</summary>
[Requires(Permission.ManageModelSources)]
public sealed record PauseModelSource(string Key, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<PauseModelSource>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<PauseModelSource, Result>
    {
        public async ValueTask<Result> Handle(PauseModelSource command, CancellationToken cancellationToken)
        {
            var found = await db.FindModelSourceAsync(command.Key, cancellationToken);
            if (found.Error is { } missing) return missing;

            found.Value.Pause(command.Reason.Trim(), caller.Actor, clock.GetUtcNow());
            return Result.Success;
        }
    }
}
