using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.Features.Deployments.Staffing;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Runs;

/// <summary>Starts the next run of a scheduled deployment, if every start gate is open. Answers the run's name.</summary>
[Requires(Permission.StartRuns)]
public sealed record StartRun(string Number) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<StartRun>
    {
        public Validator() => RuleFor(command => command.Number).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Doorbell doorbell, Caller caller, TimeProvider clock) : ICommandHandler<StartRun, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(StartRun command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.StartRuns, services, environment) is { } refusal) return refusal;

            var at = clock.GetUtcNow();
            var facts = await db.GateFactsAsync(deployment, at, cancellationToken);
            var gates = StartGates.For(deployment, facts with { Starter = await db.CallingAsync(caller, services, environment, cancellationToken) }, at);
            var opened = deployment.StartRun(gates, caller.Actor, at);
            if (opened.Error is { } closed) return closed;
            if (await db.UseExceptionsAsync(deployment, caller.Actor, at, cancellationToken) is { } decider) return decider;

            var run = await db.AddRunAsync(deployment, caller.Actor, at, cancellationToken);
            if (run.Error is { } cannot) return cannot;

            db.AfterCommit.Add(doorbell.Ring);
            return run.Value.Name;
        }
    }
}
