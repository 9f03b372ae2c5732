using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models;

/// <summary>Gives up a version that was never published; it is kept for audit.</summary>
[Requires(Permission.PublishModels, To = "discard versions of models")]
public sealed record DiscardModelVersion(string Slug, int Number, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<DiscardModelVersion>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<DiscardModelVersion, Result>
    {
        public async ValueTask<Result> Handle(DiscardModelVersion command, CancellationToken cancellationToken)
        {
            var version = await db.FindModelVersionAsync(command.Slug, command.Number, cancellationToken);
            return version.Error is { } unknown ? unknown : version.Value.Discard(command.Reason, caller.Actor, clock.GetUtcNow());
        }
    }
}
