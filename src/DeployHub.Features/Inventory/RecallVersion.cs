using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inventory;

/// <summary>Forbids any further deployment of a version. What runs already is left alone; the pages show where it is.</summary>
[Requires(Permission.RegisterVersions)]
public sealed record RecallVersion(string Component, string Label, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<RecallVersion>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RecallVersion, Result>
    {
        public async ValueTask<Result> Handle(RecallVersion command, CancellationToken cancellationToken)
        {
            var component = await db.Components.SingleOrDefaultAsync(component => component.Key == command.Component, cancellationToken);
            if (component is null) return Error.NotFound("component", command.Component);
            if (caller.RefusalAround(Permission.RegisterVersions, service: await db.ServiceOfAsync(component, cancellationToken)) is { } outOfReach) return outOfReach;
            var version = await db.ComponentVersions
                .SingleOrDefaultAsync(version => version.ComponentId == component.Id && version.Label == command.Label, cancellationToken);
            if (version is null) return Error.NotFound("component-version", command.Label);

            return version.Recall(command.Reason, caller.Actor, clock.GetUtcNow());
        }
    }
}
