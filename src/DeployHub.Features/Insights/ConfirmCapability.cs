using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Insights;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Insights;

/// <summary>Confirms the level of the practice, with the evidence as it is now (domain §0.4).</summary>
/// <param name="Level">From 1 to 5, and no higher than the records show.</param>
[Requires(Permission.ConfirmCapability)]
public sealed record ConfirmCapability(int Level, string? Note = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ConfirmCapability>
    {
        public Validator()
        {
            RuleFor(command => command.Level).InclusiveBetween(1, Capability.Highest).WithMessage("Say a level from 1 to 5.");
            RuleFor(command => command.Note).MaximumLength(2000).WithMessage("Use at most 2000 characters.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<ConfirmCapability, Result>
    {
        public async ValueTask<Result> Handle(ConfirmCapability command, CancellationToken cancellationToken)
        {
            var at = clock.GetUtcNow();
            var evidence = Capability.EvidenceOf(await db.CapabilityFactsAsync(at, cancellationToken));
            var confirmed = CapabilityConfirmation.Confirm(command.Level, command.Note?.Trim() ?? "", evidence, caller.Actor, at);
            if (confirmed.Error is { } refusal) return refusal;

            db.CapabilityConfirmations.Add(confirmed.Value);
            return Result.Success;
        }
    }
}
