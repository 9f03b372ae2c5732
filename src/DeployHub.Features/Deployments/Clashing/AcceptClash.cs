using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Clashing;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.Clashing;

/// <summary>Takes the responsibility for two deployments at the same time. Never for the same lock.</summary>
/// <param name="With">Number of the other deployment.</param>
[Requires(Permission.PlanDeployments)]
public sealed record AcceptClash(string Number, string With, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<AcceptClash>
    {
        public Validator()
        {
            RuleFor(command => command.With).NotEmpty().WithMessage("Name the other deployment.");
            RuleFor(command => command.Reason).IsReason();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<AcceptClash, Result>
    {
        public async ValueTask<Result> Handle(AcceptClash command, CancellationToken cancellationToken)
        {
            if (caller.Token is not null) return ClashErrors.PeopleAccept;
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } mine) return Error.NotFound("deployment", command.Number);
            if (await db.FindDeploymentAsync(command.With, cancellationToken) is not { } other) return Error.NotFound("deployment", command.With);
            var (services, environment) = await db.WholeScopeOfAsync(mine, cancellationToken);
            if (caller.RefusalThroughout(Permission.PlanDeployments, services, environment) is { } refusal) return refusal;

            var clashes = await db.ClashesBetweenAsync(mine, other, cancellationToken);
            return mine.AcceptClash(other, clashes, command.Reason, caller.Actor, clock.GetUtcNow());
        }
    }
}
