using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.ValueStream.Incidents;

/// <summary>Says that a linked deployment did not cause the incident, or not after all.</summary>
/// <param name="Source">Key of the incident's tool; null for the one that has none, else the only one there is.</param>
/// <param name="Deployment">Its number.</param>
/// <param name="Reason">Kept with the link.</param>
[Requires(Permission.AttributeIncidents)]
public sealed record RejectAttribution(string Reference, string? Source, string Deployment, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<RejectAttribution>
    {
        public Validator()
        {
            RuleFor(command => command.Source).IsSourceOrNothing();
            RuleFor(command => command.Deployment).NotEmpty().WithMessage("Name the deployment by its number, such as DEP-2026-000123.");
            RuleFor(command => command.Reason).IsReason();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RejectAttribution, Result>
    {
        public async ValueTask<Result> Handle(RejectAttribution command, CancellationToken cancellationToken)
        {
            var found = await LinkedDeployment.FindAsync(db, caller, Permission.AttributeIncidents, command.Reference, command.Source, command.Deployment, cancellationToken);
            return found.Error is { } refusal ? refusal : found.Value.Incident.Reject(found.Value.Deployment, command.Reason, caller.Actor, clock.GetUtcNow());
        }
    }
}
