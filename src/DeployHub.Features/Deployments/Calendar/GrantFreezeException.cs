using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>Lets the deployment start within the freeze until a stated time: the freeze's approver, who neither asked for it nor operates it (SOD-4).</summary>
/// <param name="Until">By when a run has to have started and begun its phases; at most until the freeze ends.</param>
/// <param name="Condition">What has to hold for it; somebody marks it as met before or during the run.</param>
/// <param name="Seen">The row version that was looked at before; another one is refused.</param>
[Requires(Permission.DecideFreezeExceptions)]
public sealed record GrantFreezeException(string Number, DateTimeOffset? Until, string? Condition = null, string? Reason = null, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<GrantFreezeException>
    {
        public Validator()
        {
            RuleFor(command => command.Until).NotNull().WithMessage("Say until when it is allowed.");
            RuleFor(command => command.Condition).MaximumLength(1000).WithMessage("Use at most 1000 characters.");
            RuleFor(command => command.Reason).MaximumLength(2000).WithMessage("Use at most 2000 characters.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<GrantFreezeException, Result>
    {
        public async ValueTask<Result> Handle(GrantFreezeException command, CancellationToken cancellationToken)
        {
            var found = await db.ToDecideAsync(command.Number, command.Seen, caller, cancellationToken);
            if (found.Error is { } refusal) return refusal;

            var (exception, freeze, deployment) = (found.Value.Exception, found.Value.Freeze, found.Value.Deployment);
            var granted = exception.Grant(
                freeze, deployment.PlanDigest, command.Until!.Value.ToUniversalTime(), command.Condition, command.Reason, found.Value.Qualities, found.Value.Operators, caller.Actor, clock.GetUtcNow());
            if (granted.Error is null) deployment.ExceptionGranted(exception, freeze);
            return granted;
        }
    }
}
