using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
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
            return version.Error is { } unknown ? unknown : version.Value.Suspend(command.Reason, caller.Actor, clock.GetUtcNow());
        }
    }
}
