using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Workers;

/// <summary>Lets a worker take nothing new; what it has it finishes. It knows within a heartbeat, and says when it holds nothing.</summary>
[Requires(Permission.DrainWorkers)]
public sealed record DrainWorker(string Name) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<DrainWorker>
    {
        public Validator() => RuleFor(command => command.Name).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<DrainWorker, Result>
    {
        public async ValueTask<Result> Handle(DrainWorker command, CancellationToken cancellationToken)
        {
            var found = await db.WorkerForAsync(command.Name, caller, cancellationToken);
            return found.Error ?? found.Value.Drain(caller.Actor, clock.GetUtcNow());
        }
    }
}
