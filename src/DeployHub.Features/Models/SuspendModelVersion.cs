using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Notifications;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models;

/// <summary>Stops new runs with a model version, at once, until somebody else resumes it. Running ones go on.</summary>
[Requires(Permission.PublishModels, To = "suspend models")]
public sealed record SuspendModelVersion(string Slug, int Number, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<SuspendModelVersion>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<SuspendModelVersion, Result>
    {
        public async ValueTask<Result> Handle(SuspendModelVersion command, CancellationToken cancellationToken)
        {
            var version = await db.FindModelVersionAsync(command.Slug, command.Number, cancellationToken);
            if (version.Error is { } unknown) return unknown;

            var at = clock.GetUtcNow();
            var suspended = version.Value.Suspend(command.Reason, caller.Actor, at);
            if (suspended.Error is null) await db.TellOfModelAsync(EventTypes.ModelSuspended, command.Slug, version.Value, at, cancellationToken);
            return suspended;
        }
    }
}
