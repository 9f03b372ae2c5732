using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Conditions;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Conditions;

/// <summary>Records that a condition is met, with which an organisation agreed or an exception was granted.</summary>
/// <param name="Number">Of the deployment.</param>
/// <param name="Condition">Which: the number of the exception, or those of the alignment request and of its condition, such as <c>2.1</c>.</param>
/// <param name="Note">How it was met.</param>
[Requires(Permission.MeetConditions)]
public sealed record MeetCondition(string Number, string Condition, string Note) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<MeetCondition>
    {
        public Validator()
        {
            RuleFor(command => command.Condition).NotEmpty().WithMessage("Say which condition is met.");
            RuleFor(command => command.Note).NotEmpty().WithMessage("Say how it was met: it becomes part of the record.").MaximumLength(2000).WithMessage("Use at most 2000 characters.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<MeetCondition, Result>
    {
        public async ValueTask<Result> Handle(MeetCondition command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.MeetConditions, services, environment) is { } refusal) return refusal;

            var (key, at) = (command.Condition.Trim(), clock.GetUtcNow());
            return key.Split('.') is [var request, var condition] && Whole(request) is { } asked && Whole(condition) is { } number
                ? deployment.MeetCondition(asked, number, command.Note.Trim(), caller.Actor, at)
                : await MeetOfExceptionAsync(deployment, key, command.Note.Trim(), at, cancellationToken);
        }

        private async Task<Result> MeetOfExceptionAsync(Deployment deployment, string number, string note, DateTimeOffset at, CancellationToken cancellationToken)
        {
            var exception = await db.FreezeExceptions.SingleOrDefaultAsync(known => known.Number == number && known.DeploymentId == deployment.Id, cancellationToken);
            if (exception is null) return ConditionErrors.NotFound(deployment.Number, number);

            var met = exception.MeetCondition(note, caller.Actor, at);
            if (met.Error is null) deployment.ExceptionConditionMet(exception);
            return met;
        }

        private static int? Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
