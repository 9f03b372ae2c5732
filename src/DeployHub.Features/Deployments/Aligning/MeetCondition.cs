using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.Aligning;

/// <summary>Records that a condition with which an organisation agreed is met.</summary>
/// <param name="Alignment">Number of the request within the deployment.</param>
/// <param name="Condition">Number of the condition within its answer.</param>
/// <param name="Note">How it was met.</param>
[Requires(Permission.AlignPartners)]
public sealed record MeetCondition(string Number, int Alignment, int Condition, string Note) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<MeetCondition>
    {
        public Validator() => RuleFor(command => command.Note).NotEmpty().WithMessage("Say how it was met: it becomes part of the record.")
            .MaximumLength(2000).WithMessage("Use at most 2000 characters.");
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<MeetCondition, Result>
    {
        public async ValueTask<Result> Handle(MeetCondition command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.AlignPartners, services, environment) is { } refusal) return refusal;

            return deployment.MeetCondition(command.Alignment, command.Condition, command.Note, caller.Actor, clock.GetUtcNow());
        }
    }
}
