using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.Approving;

/// <summary>Asks another qualified person for a slot first; the decision shows both names (SOD-11).</summary>
/// <param name="Approval">Number of the slot within the deployment, from 1.</param>
/// <param name="To">The e-mail address of who is asked.</param>
[Requires(Permission.ApprovePlans)]
public sealed record DelegateApproval(string Number, int Approval, string To, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<DelegateApproval>
    {
        public Validator()
        {
            RuleFor(command => command.Approval).GreaterThan(0);
            RuleFor(command => command.To).NotEmpty().WithMessage("Say who is asked.").MaximumLength(256);
            RuleFor(command => command.Reason).IsReason();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<DelegateApproval, Result>
    {
        public async ValueTask<Result> Handle(DelegateApproval command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.ApprovePlans, services, environment) is { } refusal) return refusal;

            var to = (await db.ApproversAsync(cancellationToken)).FirstOrDefault(known => known.Email.Equals(command.To.Trim(), StringComparison.OrdinalIgnoreCase));
            if (to is null) return Error.Invalid("approval.delegate-unknown", nameof(To), $"Nobody with the address “{command.To}” has an open account and may approve.");

            return deployment.DelegateApproval(
                command.Approval, to.Person, to.RolesIn(services, environment), to.QualitiesIn(services, environment), caller.RolesThroughout(services, environment), caller.QualitiesThroughout(services, environment),
                command.Reason, caller.Actor, clock.GetUtcNow());
        }
    }
}
