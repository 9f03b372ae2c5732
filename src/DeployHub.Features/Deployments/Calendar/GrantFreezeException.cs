using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.DueWork;
using DeployHub.Features.Pipeline;
using DeployHub.Features.Runs;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>Lets the deployment start within the freeze until a stated time: the freeze's approver, who neither asked for it nor operates it (SOD-4).</summary>
/// <param name="Until">By when a run has to have started and begun its phases; at most until the freeze ends.</param>
/// <param name="Condition">What has to hold for it; somebody marks it as met before or during the run.</param>
/// <param name="ConditionDue">By when it has to be met; null for as long as the exception lasts.</param>
/// <param name="ConditionBeforeStart">No run starts before it is met.</param>
/// <param name="Seen">The row version that was looked at before; another one is refused.</param>
[Requires(Permission.DecideFreezeExceptions)]
public sealed record GrantFreezeException(string Number, DateTimeOffset? Until, string? Condition = null, string? Reason = null, uint? Seen = null, DateTimeOffset? ConditionDue = null, bool ConditionBeforeStart = false)
    : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<GrantFreezeException>
    {
        public Validator()
        {
            RuleFor(command => command.Until).NotNull().WithMessage("Say until when it is allowed.");
            RuleFor(command => command.Condition).MaximumLength(1000).WithMessage("Use at most 1000 characters.");
            RuleFor(command => command.Condition).NotEmpty().When(command => command.ConditionDue is not null || command.ConditionBeforeStart)
                .WithMessage("Say what has to be met by then, or leave the time and the start out.");
            RuleFor(command => command.Reason).MaximumLength(2000).WithMessage("Use at most 2000 characters.");
        }
    }

    private AskedCondition? Asked => string.IsNullOrWhiteSpace(Condition) ? null : new AskedCondition(Condition, ConditionDue?.ToUniversalTime(), ConditionBeforeStart);

    internal sealed class Handler(DeployHubDb db, Doorbell doorbell, Caller caller, TimeProvider clock) : ICommandHandler<GrantFreezeException, Result>
    {
        public async ValueTask<Result> Handle(GrantFreezeException command, CancellationToken cancellationToken)
        {
            var found = await db.ToDecideAsync(command.Number, command.Seen, caller, cancellationToken);
            if (found.Error is { } refusal) return refusal;

            var (exception, freeze, deployment, at) = (found.Value.Exception, found.Value.Freeze, found.Value.Deployment, clock.GetUtcNow());
            var granted = exception.Grant(
                freeze, deployment.PlanDigest, command.Until!.Value.ToUniversalTime(), command.Asked, command.Reason, found.Value.Qualities, found.Value.Operators, caller.Actor, at);
            if (granted.Error is not null) return granted;

            deployment.ExceptionGranted(exception, freeze);
            foreach (var habit in await db.HabitsOfAsync(exception, deployment, cancellationToken)) deployment.NoticeHabit(habit, at);
            await GoOnAsync(exception, deployment, at, cancellationToken);
            return Result.Success;
        }

        /// <summary>A run that goes on already may go on for longer, and has used the exception with that.</summary>
        private async Task GoOnAsync(FreezeException exception, Deployment deployment, DateTimeOffset at, CancellationToken cancellationToken)
        {
            if (!deployment.IsUnderWay) return;

            var newest = await db.Runs.Where(known => known.DeploymentId == deployment.Id && known.Number == deployment.RunCount).Select(known => (RunId?)known.Id).SingleOrDefaultAsync(cancellationToken);
            if (newest is null || await db.LockRunAsync(newest.Value, cancellationToken) is not { } run) return;

            var facts = (await db.CalendarFactsAsync([deployment], at, cancellationToken))[deployment.Id].With(exception);
            if (!run.AllowUntil(facts.AllowedUntil(deployment, at), at) || exception.Use(deployment.RunCount, Actor.System, at).Error is not null) return;

            deployment.ExceptionUsed(exception, Actor.System, at);
            db.AfterCommit.Add(() => doorbell.RingFor(run, at));
        }
    }
}
