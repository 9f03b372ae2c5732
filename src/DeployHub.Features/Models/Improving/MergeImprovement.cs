using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Improving;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Improving;

/// <summary>Lets an improvement go on as another one that asks for the same; both stay to be read.</summary>
/// <param name="Into">Number of the other one, which is still open.</param>
/// <param name="Seen">The row version of the improvement that was looked at before; another one is refused.</param>
[Requires(Permission.DecideImprovements)]
public sealed record MergeImprovement(string Number, string Into, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<MergeImprovement>
    {
        public Validator() => RuleFor(command => command.Into).NotEmpty().WithMessage("Name the improvement that it goes on as, such as IMP-2026-000017.")
            .MaximumLength(20).WithMessage("Use at most 20 characters.");
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<MergeImprovement, Result>
    {
        public async ValueTask<Result> Handle(MergeImprovement command, CancellationToken cancellationToken)
        {
            var found = await db.FindImprovementAsync(command.Number, command.Seen, cancellationToken);
            if (found.Error is { } refusal) return refusal;

            var number = command.Into.Trim();
            return await db.Improvements.SingleOrDefaultAsync(improvement => improvement.Number == number, cancellationToken) is { } other
                ? found.Value.MergeInto(other, caller.Actor, clock.GetUtcNow())
                : ImprovementErrors.NoSuchTarget(number);
        }
    }
}
