using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models.Blocks;

/// <summary>Gives up a draft of a block that was never published; it is kept for audit.</summary>
[Requires(Permission.PublishModels, To = "discard versions of blocks")]
public sealed record DiscardBlockVersion(string Key, int Number, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<DiscardBlockVersion>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<DiscardBlockVersion, Result>
    {
        public async ValueTask<Result> Handle(DiscardBlockVersion command, CancellationToken cancellationToken)
        {
            var version = await db.FindBlockVersionAsync(command.Key, command.Number, cancellationToken);
            return version.Error is { } unknown ? unknown : version.Value.Discard(command.Reason, caller.Actor, clock.GetUtcNow());
        }
    }
}
