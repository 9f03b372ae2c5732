using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Workers;

/// <summary>Gives a drained worker work again; it knows within a heartbeat.</summary>
[Requires(Permission.DrainWorkers)]
public sealed record ResumeWorker(string Name) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ResumeWorker>
    {
        public Validator() => RuleFor(command => command.Name).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller) : ICommandHandler<ResumeWorker, Result>
    {
        public async ValueTask<Result> Handle(ResumeWorker command, CancellationToken cancellationToken)
        {
            var found = await db.WorkerForAsync(command.Name, caller, cancellationToken);
            return found.Error ?? found.Value.Resume();
        }
    }
}
