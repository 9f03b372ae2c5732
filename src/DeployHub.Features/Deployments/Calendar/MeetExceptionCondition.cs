using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>Says that the condition of a granted exception is met. Who said so stands beside it, for the record.</summary>
/// <param name="Note">How, where that says something.</param>
/// <param name="Seen">The row version that was looked at before; another one is refused.</param>
[Requires(Permission.RequestFreezeExceptions)]
public sealed record MeetExceptionCondition(string Number, string? Note = null, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<MeetExceptionCondition>
    {
        public Validator() => RuleFor(command => command.Note).MaximumLength(1000).WithMessage("Use at most 1000 characters.");
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<MeetExceptionCondition, Result>
    {
        public async ValueTask<Result> Handle(MeetExceptionCondition command, CancellationToken cancellationToken)
        {
            var found = await db.FindFreezeExceptionAsync(command.Number, command.Seen, cancellationToken);
            if (found.Error is { } missing) return missing;
            var deployment = await db.Deployments.SingleAsync(known => known.Id == found.Value.DeploymentId, cancellationToken);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.RequestFreezeExceptions, services, environment) is { } refusal) return refusal;

            var met = found.Value.MeetCondition(string.IsNullOrWhiteSpace(command.Note) ? null : command.Note.Trim(), caller.Actor, clock.GetUtcNow());
            if (met.Error is null) deployment.ExceptionConditionMet(found.Value);
            return met;
        }
    }
}
