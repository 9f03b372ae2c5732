using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Partners;

/// <summary>From now on nothing concerns the organisation, and its links open nothing. What it answered stays in the records.</summary>
[Requires(Permission.ManagePartners)]
public sealed record EndOrganisation(string Key, string Reason) : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<EndOrganisation>
    {
        public Validator() => RuleFor(command => command.Reason).IsReason();
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<EndOrganisation, Result>
    {
        public async ValueTask<Result> Handle(EndOrganisation command, CancellationToken cancellationToken) =>
            await db.FindOrganisationAsync(command.Key, cancellationToken) is { } organisation
                ? organisation.End(command.Reason, caller.Actor, clock.GetUtcNow())
                : Error.NotFound("organisation", command.Key);
    }
}
