using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.ValueStream.Incidents;

/// <summary>Suspects a deployment of having caused an incident that its time and its service do not point to. People decide about it like about any other.</summary>
/// <param name="Source">Key of the incident's tool; null for the one that has none, else the only one there is.</param>
/// <param name="Deployment">Its number.</param>
/// <param name="Reason">Kept with the link.</param>
[Requires(Permission.ReportIncidents)]
public sealed record LinkIncident(string Reference, string? Source, string Deployment, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<LinkIncident>
    {
        public Validator()
        {
            RuleFor(command => command.Source).IsSourceOrNothing();
            RuleFor(command => command.Deployment).NotEmpty().WithMessage("Name the deployment by its number, such as DEP-2026-000123.");
            RuleFor(command => command.Reason).IsReason();
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<LinkIncident, Result>
    {
        public async ValueTask<Result> Handle(LinkIncident command, CancellationToken cancellationToken)
        {
            var found = await LinkedDeployment.FindAsync(db, caller, Permission.ReportIncidents, command.Reference, command.Source, command.Deployment, cancellationToken);
            return found.Error is { } refusal ? refusal : found.Value.Incident.Link(found.Value.Deployment, command.Reason, caller.Actor, clock.GetUtcNow());
        }
    }
}
