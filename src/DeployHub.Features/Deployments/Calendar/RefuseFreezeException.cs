using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>Says no to an exception from a freeze, with a reason that whoever asked reads. The deployment goes to the slot that was reserved for that.</summary>
/// <param name="Seen">The row version that was looked at before; another one is refused.</param>
[Requires(Permission.DecideFreezeExceptions)]
public sealed record RefuseFreezeException(string Number, string Reason, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<RefuseFreezeException>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RefuseFreezeException, Result>
    {
        public async ValueTask<Result> Handle(RefuseFreezeException command, CancellationToken cancellationToken)
        {
            var found = await db.ToDecideAsync(command.Number, command.Seen, caller, cancellationToken);
            if (found.Error is { } refusal) return refusal;

            var (exception, freeze, deployment, at) = (found.Value.Exception, found.Value.Freeze, found.Value.Deployment, clock.GetUtcNow());
            var refused = exception.Refuse(freeze, command.Reason, found.Value.Qualities, found.Value.Operators, caller.Actor, at);
            if (refused.Error is not null) return refused;

            deployment.ExceptionRefused(exception, freeze);
            await db.TakeReservedAsync(exception, deployment, at, cancellationToken);
            return Result.Success;
        }
    }
}
