using System.Reflection;
using DeployHub.Domain;
using DeployHub.Features.Access;
using Mediator;

namespace DeployHub.Features.Pipeline;

/// <summary>Turns away whoever does not hold the permission that the command declares, at every door alike.</summary>
internal sealed class PermissionBehavior<TCommand, TResult>(Caller caller) : IPipelineBehavior<TCommand, TResult>
    where TCommand : IBaseCommand
    where TResult : IFailable<TResult>
{
    private static readonly RequiresAttribute? Required = typeof(TCommand).GetCustomAttribute<RequiresAttribute>();

    public ValueTask<TResult> Handle(TCommand command, MessageHandlerDelegate<TCommand, TResult> next, CancellationToken cancellationToken) =>
        Required is { } required && caller.RefusalOf(required.Permission, required.To) is { } refusal
            ? ValueTask.FromResult(TResult.Failed(refusal))
            : next(command, cancellationToken);
}
