using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Partners;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.Aligning;

/// <summary>Asks an organisation once more, after a talk or a silence. What it answered before stays in the record.</summary>
/// <param name="Alignment">Number of the request in whose place the new one stands.</param>
[Requires(Permission.AlignPartners)]
public sealed record AskAgain(string Number, int Alignment, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<AskAgain>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<AskAgain, Result>
    {
        public async ValueTask<Result> Handle(AskAgain command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.AlignPartners, services, environment) is { } refusal) return refusal;

            var at = clock.GetUtcNow();
            var organisation = deployment.Alignments.FirstOrDefault(request => request.Number == command.Alignment)?.OrganisationId;
            var party = (await db.AskedPartiesAsync(deployment, at, cancellationToken)).FirstOrDefault(known => known.Id == organisation);
            return party is null
                ? Domain.Deployments.Aligning.AlignmentErrors.NoSuchRequest(command.Number, command.Alignment)
                : deployment.AskAgain(command.Alignment, party, command.Reason, caller.Actor, at);
        }
    }
}
