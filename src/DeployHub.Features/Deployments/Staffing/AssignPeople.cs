using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.Staffing;

/// <summary>Says who carries a deployment out, all of it anew, before a run and while one is under way. It voids no approval (domain §2.4.2).</summary>
/// <param name="People">E-mail addresses by role slot of the model; <c>operator</c> is whoever starts the run.</param>
/// <param name="Reason">Needed while a run is under way.</param>
/// <param name="Seen">The version that was looked at before; another one is refused with <c>changed-meanwhile</c>.</param>
[Requires(Permission.PlanDeployments)]
public sealed record AssignPeople(string Number, IReadOnlyDictionary<string, IReadOnlyList<string>> People, string? Reason = null, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<AssignPeople>
    {
        public Validator()
        {
            RuleFor(command => command.Number).NotEmpty();
            RuleFor(command => command.People).NotNull().SetValidator(new PeopleValidator());
            RuleFor(command => command.Reason).MaximumLength(2000).WithMessage("Use at most 2000 characters.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<AssignPeople, Result>
    {
        public async ValueTask<Result> Handle(AssignPeople command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.PlanDeployments, services, environment) is { } refusal) return refusal;
            if (db.ChangedSince(deployment, command.Seen) is { } changed) return changed;

            return await db.AssignAsync(deployment, command.People, command.Reason, caller.Actor, clock.GetUtcNow(), "", cancellationToken);
        }
    }
}
