using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Partners;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Partners;

/// <summary>Changes what is known of an organisation. What was asked already keeps its notice and its deadline.</summary>
/// <param name="TimeZone">IANA name of the clock it lives by.</param>
/// <param name="NoticeDays">How many working days before a deployment it is to be asked.</param>
/// <param name="Seen">The version that was looked at before; another one is refused with <c>changed-meanwhile</c>.</param>
[Requires(Permission.ManagePartners)]
public sealed record DescribeOrganisation(string Key, string Name, OrganisationKind Kind, string TimeZone, int NoticeDays, SilencePolicy Silence, uint? Seen = null) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<DescribeOrganisation>
    {
        public Validator()
        {
            RuleFor(command => command.Name).IsName();
            RuleFor(command => command.Kind).IsInEnum();
            RuleFor(command => command.TimeZone).IsZone();
            RuleFor(command => command.NoticeDays).IsNotice();
            RuleFor(command => command.Silence).IsInEnum();
        }
    }

    internal sealed class Handler(DeployHubDb db) : ICommandHandler<DescribeOrganisation, Result>
    {
        public async ValueTask<Result> Handle(DescribeOrganisation command, CancellationToken cancellationToken)
        {
            if (await db.FindOrganisationAsync(command.Key, cancellationToken) is not { } organisation) return Error.NotFound("organisation", command.Key);

            return db.ChangedSince(organisation, command.Seen) is { } changed
                ? changed
                : organisation.Describe(command.Name.Trim(), command.Kind, command.TimeZone, command.NoticeDays, command.Silence);
        }
    }
}
