using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Corrects what a component is called. Its key and kind stay.</summary>
/// <param name="Seen">The version that was looked at before; another one is refused with <c>changed-meanwhile</c>.</param>
[Requires(Permission.RegisterServices)]
public sealed record DescribeComponent(string Key, string Name, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<DescribeComponent>
    {
        public Validator() => RuleFor(command => command.Name).IsName();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller) : ICommandHandler<DescribeComponent, Result>
    {
        public async ValueTask<Result> Handle(DescribeComponent command, CancellationToken cancellationToken)
        {
            var component = await db.Components.SingleOrDefaultAsync(component => component.Key == command.Key, cancellationToken);
            if (component is null) return Error.NotFound("component", command.Key);
            if (caller.RefusalAround(Permission.RegisterServices, service: await db.ServiceOfAsync(component, cancellationToken)) is { } outOfReach) return outOfReach;
            if (db.ChangedSince(component, command.Seen) is { } refusal) return refusal;

            component.Describe(command.Name);
            return Result.Success;
        }
    }
}
