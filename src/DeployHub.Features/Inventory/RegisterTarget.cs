using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Workers;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Adds a place that gets versions to an environment. Answers its name.</summary>
/// <param name="Environment">Key of the environment.</param>
/// <param name="Labels">Used by selectors and to group the target grid, such as <c>site: berlin</c>.</param>
/// <param name="Variables">Values that steps read as <c>${target.port}</c>; never secrets.</param>
/// <param name="Pool">Only workers of this pool go there; empty for the default pool.</param>
[Requires(Permission.RegisterEnvironments)]
public sealed record RegisterTarget(
    string Environment, string Name, Connection Connection, IReadOnlyDictionary<string, string>? Labels = null,
    IReadOnlyDictionary<string, string>? Variables = null, string? Pool = null) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<RegisterTarget>
    {
        public Validator()
        {
            RuleFor(command => command.Name).IsKey();
            RuleFor(command => command.Connection).IsConnection();
            RuleFor(command => command.Pool).IsPool();
            When(command => command.Labels is not null, () => RuleFor(command => command.Labels!).AreLabels());
            When(command => command.Variables is not null, () => RuleFor(command => command.Variables!).AreVariables());
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller) : ICommandHandler<RegisterTarget, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(RegisterTarget command, CancellationToken cancellationToken)
        {
            var environment = await db.Environments.SingleOrDefaultAsync(environment => environment.Key == command.Environment, cancellationToken);
            if (environment is null) return Error.NotFound("environment", command.Environment);
            if (caller.RefusalAround(Permission.RegisterEnvironments, environment: environment.Key) is { } outOfReach) return outOfReach;

            db.Targets.Add(Target.Register(
                environment.Id, command.Name, command.Labels ?? new Dictionary<string, string>(), command.Variables ?? new Dictionary<string, string>(), command.Connection, Pools.Named(command.Pool)));
            return command.Name;
        }
    }
}
