using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Asks for a look at an environment's targets now. Workers look; what they see stands on the environment's drift page a moment later. Answers how many targets are looked at.</summary>
/// <param name="Target">Name of the only target to look at; null for all that programs can reach.</param>
[Requires(Permission.ScanEnvironments)]
public sealed record ScanEnvironment(string Environment, string? Target = null) : ICommand<Result<int>>
{
    internal sealed class Validator : AbstractValidator<ScanEnvironment>
    {
        public Validator() => RuleFor(command => command.Environment).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, Doorbell doorbell, TimeProvider clock) : ICommandHandler<ScanEnvironment, Result<int>>
    {
        public async ValueTask<Result<int>> Handle(ScanEnvironment command, CancellationToken cancellationToken)
        {
            var environment = await db.Environments.AsNoTracking().SingleOrDefaultAsync(environment => environment.Key == command.Environment, cancellationToken);
            if (environment is null) return Error.NotFound("environment", command.Environment);
            if (caller.RefusalAround(Permission.ScanEnvironments, environment: environment.Key) is { } outOfReach) return outOfReach;
            if (environment.Watch is null) return DriftErrors.NothingWatched;

            var target = command.Target is { } name ? await db.TargetAsync(environment.Key, name, cancellationToken) : null;
            if (command.Target is not null && target is null) return InventoryErrors.Unknown("target", nameof(Target), command.Target);
            if (target?.RetiredAt is not null) return InventoryErrors.TargetRetired(target.Name);
            if (target?.Connection is ManualConnection) return DriftErrors.OnlyByPeople(target.Name);

            return await db.AskForScansAsync(doorbell, environment.Key, target?.Id, clock.GetUtcNow(), cancellationToken);
        }
    }
}
