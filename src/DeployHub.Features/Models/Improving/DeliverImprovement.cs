using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Models.Improving;

/// <summary>Says that an improvement is in use: its task is done. What is written in a version is delivered by publishing that.</summary>
/// <param name="Seen">The row version of the improvement that was looked at before; another one is refused.</param>
[Requires(Permission.EditModels)]
public sealed record DeliverImprovement(string Number, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<DeliverImprovement>
    {
        public Validator() => RuleFor(command => command.Number).NotEmpty();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<DeliverImprovement, Result>
    {
        public async ValueTask<Result> Handle(DeliverImprovement command, CancellationToken cancellationToken)
        {
            var found = await db.FindImprovementAsync(command.Number, command.Seen, cancellationToken);
            return found.Error is { } refusal ? refusal : found.Value.Deliver(await db.LinkedVersionAsync(found.Value, cancellationToken), caller.Actor, clock.GetUtcNow());
        }
    }
}
