using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models.Blocks;

/// <summary>Ends the use of a block's version for good: models that have it keep it and are warned, and no new one should take it.</summary>
[Requires(Permission.PublishModels, To = "retire blocks")]
public sealed record RetireBlockVersion(string Key, int Number, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<RetireBlockVersion>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RetireBlockVersion, Result>
    {
        public async ValueTask<Result> Handle(RetireBlockVersion command, CancellationToken cancellationToken)
        {
            var version = await db.FindBlockVersionAsync(command.Key, command.Number, cancellationToken);
            return version.Error is { } unknown ? unknown : version.Value.Retire(command.Reason, caller.Actor, clock.GetUtcNow());
        }
    }
}
