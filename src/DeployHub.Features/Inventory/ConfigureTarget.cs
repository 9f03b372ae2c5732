using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Workers;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Inventory;

/// <summary>Changes how a target is reached, labelled and described to steps. A running deployment keeps what it started with.</summary>
/// <param name="Pool">Only workers of this pool go there; empty for the default pool.</param>
/// <param name="Seen">The version that was looked at before; another one is refused with <c>changed-meanwhile</c>.</param>
[Requires(Permission.RegisterEnvironments)]
public sealed record ConfigureTarget(
    string Environment, string Name, Connection Connection, IReadOnlyDictionary<string, string>? Labels = null,
    IReadOnlyDictionary<string, string>? Variables = null, string? Pool = null, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ConfigureTarget>
    {
        public Validator()
        {
            RuleFor(command => command.Connection).IsConnection();
            RuleFor(command => command.Pool).IsPool();
            When(command => command.Labels is not null, () => RuleFor(command => command.Labels!).AreLabels());
            When(command => command.Variables is not null, () => RuleFor(command => command.Variables!).AreVariables());
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller) : ICommandHandler<ConfigureTarget, Result>
    {
        public async ValueTask<Result> Handle(ConfigureTarget command, CancellationToken cancellationToken)
        {
            var target = await db.TargetAsync(command.Environment, command.Name, cancellationToken);
            if (target is null) return Error.NotFound("target", $"{command.Environment}/{command.Name}");
            if (caller.RefusalAround(Permission.RegisterEnvironments, environment: command.Environment) is { } outOfReach) return outOfReach;
            if (db.ChangedSince(target, command.Seen) is { } refusal) return refusal;
            if (target.RetiredAt is not null) return InventoryErrors.TargetRetired(target.Name);

            target.Configure(command.Labels ?? new Dictionary<string, string>(), command.Variables ?? new Dictionary<string, string>(), command.Connection, Pools.Named(command.Pool));
            return Result.Success;
        }
    }
}
