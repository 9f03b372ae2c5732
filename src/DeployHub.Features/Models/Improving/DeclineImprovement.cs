using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models.Improving;

/// <summary>Decides against an improvement, with a reason that its proposer reads.</summary>
/// <param name="Seen">The row version of the improvement that was looked at before; another one is refused.</param>
[Requires(Permission.DecideImprovements)]
public sealed record DeclineImprovement(string Number, string Reason, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<DeclineImprovement>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<DeclineImprovement, Result>
    {
        public async ValueTask<Result> Handle(DeclineImprovement command, CancellationToken cancellationToken)
        {
            var found = await db.FindImprovementAsync(command.Number, command.Seen, cancellationToken);
            return found.Error is { } refusal ? refusal : found.Value.Decline(command.Reason.Trim(), caller.Actor, clock.GetUtcNow());
        }
    }
}
