using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.ChangeTools;

/// <summary>
/// Asks a change tool no more. Plans that name its changes keep the reference, and need DeployHub's own approval alone: those for which its changes
/// stood are asked for again.
/// </summary>
[Requires(Permission.ManageSettings)]
public sealed record DisconnectChangeTool(string Key) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<DisconnectChangeTool>
    {
        public Validator() => RuleFor(command => command.Key).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : ICommandHandler<DisconnectChangeTool, Result>
    {
        public async ValueTask<Result> Handle(DisconnectChangeTool command, CancellationToken cancellationToken)
        {
            var found = await db.FindChangeToolAsync(command.Key, null, cancellationToken);
            if (found.Error is { } missing) return missing;

            await db.TakeBackApprovalsAsync(found.Value.Id, clock.GetUtcNow(), cancellationToken);
            db.ChangeTools.Remove(found.Value);
            return Result.Success;
        }
    }
}
