using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Runs;

/// <summary>Observes a phase for longer before the next one begins.</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
/// <param name="Phase">Number of the observed phase.</param>
/// <param name="By">How much longer, such as <c>10m</c>; at most a week.</param>
[Requires(Permission.PromotePhases)]
public sealed record ExtendSoak(string Run, int Phase, string By, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<ExtendSoak>
    {
        private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

        public Validator()
        {
            RuleFor(command => command.By).Must(by => Duration.Parse(by) is { Error: null, Value: var length } && length > TimeSpan.Zero && length <= Longest)
                .WithMessage("Say for how much longer the phase is observed: a number and s, m, h or d, such as 10m; at most 7d.");
            RuleFor(command => command.Reason).IsReason();
        }
    }

    internal sealed class Handler(DeployHubDb db, Doorbell doorbell, Caller caller, TimeProvider clock) : ICommandHandler<ExtendSoak, Result>
    {
        public async ValueTask<Result> Handle(ExtendSoak command, CancellationToken cancellationToken)
        {
            var locked = await db.LockRunForAsync(command.Run, Permission.PromotePhases, caller, cancellationToken);
            if (locked.Error is { } error) return error;

            var extended = locked.Value.ExtendSoak(command.Phase, Duration.Of(command.By), command.Reason, caller.Actor, clock.GetUtcNow());
            if (extended.Error is not null) return extended;

            db.AfterCommit.Add(doorbell.Ring);
            return Result.Success;
        }
    }
}
