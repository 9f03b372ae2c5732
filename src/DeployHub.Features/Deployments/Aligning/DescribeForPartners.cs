using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.Aligning;

/// <summary>Writes in plain words what changes for organisations outside, and what they have to do. Possible until somebody has answered to it.</summary>
/// <param name="Changes">What changes for them.</param>
/// <param name="MustDo">What they have to do; null or empty for nothing.</param>
[Requires(Permission.PlanDeployments)]
public sealed record DescribeForPartners(string Number, string Changes, string? MustDo = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<DescribeForPartners>
    {
        public Validator()
        {
            RuleFor(command => command.Changes).NotEmpty().WithMessage("Say what changes for them.").MaximumLength(2000).WithMessage("Use at most 2000 characters.");
            RuleFor(command => command.MustDo).MaximumLength(2000).WithMessage("Use at most 2000 characters.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<DescribeForPartners, Result>
    {
        public async ValueTask<Result> Handle(DescribeForPartners command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.PlanDeployments, services, environment) is { } refusal) return refusal;

            return deployment.DescribeForPartners(new PartnerNote(command.Changes.Trim(), command.MustDo?.Trim() ?? ""), caller.Actor, clock.GetUtcNow());
        }
    }
}
