using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Partners;

/// <summary>Says which deployments concern an organisation, and whether it has to agree to them. Answers the rule's number.</summary>
/// <param name="Service">Key of the only service; null for every one.</param>
/// <param name="Environment">Key of the only environment; null for every one.</param>
/// <param name="IsRequired">It has to agree before a run starts; otherwise it only sees what comes.</param>
/// <param name="FromRisk">It has to agree from this risk on; below, it is informed.</param>
[Requires(Permission.ManagePartners)]
public sealed record AddConcern(string Organisation, string? Service = null, string? Environment = null, bool IsRequired = true, RiskBand FromRisk = RiskBand.Low) : ICommand<Result<int>>
{
    internal sealed class Validator : AbstractValidator<AddConcern>
    {
        public Validator() => RuleFor(command => command.FromRisk).IsInEnum();
    }

    internal sealed class Handler(DeployHubDb db) : ICommandHandler<AddConcern, Result<int>>
    {
        public async ValueTask<Result<int>> Handle(AddConcern command, CancellationToken cancellationToken)
        {
            if (await db.FindOrganisationAsync(command.Organisation, cancellationToken) is not { } organisation) return Error.NotFound("organisation", command.Organisation);
            if (command.Service is { } service && !await db.Services.AnyAsync(known => known.Key == service, cancellationToken))
                return Error.Invalid("organisation.service-unknown", "Service", $"There is no service “{service}”.");
            if (command.Environment is { } environment && !await db.Environments.AnyAsync(known => known.Key == environment, cancellationToken))
                return Error.Invalid("organisation.environment-unknown", "Environment", $"There is no environment “{environment}”.");

            return organisation.AddConcern(command.Service, command.Environment, command.IsRequired, command.FromRisk);
        }
    }
}
