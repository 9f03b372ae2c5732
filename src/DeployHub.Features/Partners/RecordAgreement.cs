using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Partners;

/// <summary>Records what an organisation agreed to in advance, up to a date. Answers the agreement's number.</summary>
/// <param name="Services">Keys; empty for every service.</param>
/// <param name="Environments">Keys; empty for every environment.</param>
/// <param name="Categories">Empty for every change category.</param>
/// <param name="UpToRisk">The highest risk that it covers.</param>
/// <param name="Until">At most two years ahead.</param>
/// <param name="Document">Where it is written down.</param>
[Requires(Permission.ManagePartners)]
public sealed record RecordAgreement(
    string Organisation, IReadOnlyList<string> Services, IReadOnlyList<string> Environments, IReadOnlyList<ChangeCategory> Categories, RiskBand UpToRisk, DateTimeOffset Until, string Document)
    : ICommand<Result<int>>
{
    internal sealed class Validator : AbstractValidator<RecordAgreement>
    {
        public Validator()
        {
            RuleFor(command => command.Services).Must(keys => keys.Count <= 50).WithMessage("Name at most 50 services.");
            RuleFor(command => command.Environments).Must(keys => keys.Count <= 50).WithMessage("Name at most 50 environments.");
            RuleForEach(command => command.Categories).IsInEnum();
            RuleFor(command => command.UpToRisk).IsInEnum();
            RuleFor(command => command.Until).NotEmpty().WithMessage("Say until when it holds.");
            RuleFor(command => command.Document).NotEmpty().WithMessage("Say where it is written down, such as a contract’s number.").MaximumLength(500).WithMessage("Use at most 500 characters.");
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RecordAgreement, Result<int>>
    {
        public async ValueTask<Result<int>> Handle(RecordAgreement command, CancellationToken cancellationToken)
        {
            if (await db.FindOrganisationAsync(command.Organisation, cancellationToken) is not { } organisation) return Error.NotFound("organisation", command.Organisation);

            var services = await db.Services.Where(known => command.Services.Contains(known.Key)).Select(known => known.Key).ToListAsync(cancellationToken);
            if (command.Services.FirstOrDefault(key => !services.Contains(key)) is { } service)
                return Error.Invalid("organisation.service-unknown", "Services", $"There is no service “{service}”.");
            var environments = await db.Environments.Where(known => command.Environments.Contains(known.Key)).Select(known => known.Key).ToListAsync(cancellationToken);
            if (command.Environments.FirstOrDefault(key => !environments.Contains(key)) is { } environment)
                return Error.Invalid("organisation.environment-unknown", "Environments", $"There is no environment “{environment}”.");

            return organisation.Agree(
                [.. command.Services.Distinct()], [.. command.Environments.Distinct()], [.. command.Categories.Distinct()], command.UpToRisk,
                command.Until.ToUniversalTime(), command.Document.Trim(), caller.Actor, clock.GetUtcNow());
        }
    }
}
