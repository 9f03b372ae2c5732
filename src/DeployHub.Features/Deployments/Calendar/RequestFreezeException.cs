using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>
/// Asks whether one deployment, exactly as it is planned now, may start within a freeze that is in the way of its slot. Answers the number of the
/// exception. The first free slot after the freeze is kept until somebody has decided: if the answer is no, or none comes in time, it goes there.
/// </summary>
/// <param name="Deployment">Number of the deployment.</param>
/// <param name="Freeze">Number of the freeze.</param>
/// <param name="Justification">Why it cannot wait.</param>
/// <param name="Impact">What waiting would cost.</param>
/// <param name="OnCall">Who stays reachable, and until when.</param>
/// <param name="RollbackMinutes">How long leading back takes, 0 to 10,080.</param>
/// <param name="Until">By when it should be over; at most until the freeze ends.</param>
[Requires(Permission.RequestFreezeExceptions)]
public sealed record RequestFreezeException(
    string Deployment, string Freeze, string Justification, string Impact, string OnCall, int? RollbackMinutes, DateTimeOffset? Until) : ICommand<Result<string>>
{
    internal sealed class Validator : AbstractValidator<RequestFreezeException>
    {
        public Validator()
        {
            RuleFor(command => command.Deployment).NotEmpty();
            RuleFor(command => command.Freeze).NotEmpty().WithMessage("Choose the freeze that is in the way.");
            RuleFor(command => command.Justification).NotEmpty().WithMessage("Say why it cannot wait.").MaximumLength(2000).WithMessage("Use at most 2000 characters.");
            RuleFor(command => command.Impact).NotEmpty().WithMessage("Say what waiting would cost.").MaximumLength(2000).WithMessage("Use at most 2000 characters.");
            RuleFor(command => command.OnCall).NotEmpty().WithMessage("Say who stays reachable, and until when.").MaximumLength(200).WithMessage("Use at most 200 characters.");
            RuleFor(command => command.RollbackMinutes).NotNull().WithMessage("Say how long leading back takes.").InclusiveBetween(0, 10_080).WithMessage("Say it in minutes, at most a week.");
            RuleFor(command => command.Until).NotNull().WithMessage("Say by when it should be over.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RequestFreezeException, Result<string>>
    {
        public async ValueTask<Result<string>> Handle(RequestFreezeException command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Deployment, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Deployment);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.RequestFreezeExceptions, services, environment) is { } refusal) return refusal;

            var at = clock.GetUtcNow();
            var facts = await db.MeasuredCalendarFactsAsync(deployment, at, cancellationToken);
            var needs = facts.Needs(deployment, at);
            var times = facts.Times.Freezes.Where(freeze => freeze.Freeze.Number == command.Freeze.Trim()).ToList();
            if (times.Count == 0) return FreezeExceptionErrors.NoSuchFreeze(command.Freeze);

            var time = times.Find(freeze => freeze.When.Overlaps(needs)) ?? times[0];
            var free = await db.FirstFreeAfterAsync(deployment, time, facts, at, cancellationToken);
            var requested = FreezeException.Request(
                await db.NextNumberAsync("EXC", at, cancellationToken), deployment, time, needs,
                new ExceptionRequest(
                    command.Justification.Trim(), command.Impact.Trim(), command.OnCall.Trim(), TimeSpan.FromMinutes(command.RollbackMinutes!.Value), command.Until!.Value.ToUniversalTime()), caller.Actor, at, free);
            if (requested.Error is { } objection) return objection;

            db.FreezeExceptions.Add(requested.Value);
            deployment.ExceptionRequested(requested.Value, await db.Freezes.SingleAsync(freeze => freeze.Id == requested.Value.FreezeId, cancellationToken));
            return requested.Value.Number;
        }
    }
}
