using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Partners;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Aligning;

/// <summary>What somebody answers for their organisation who signed in with the address of one of its contacts: the same as by a link.</summary>
/// <param name="Alignment">Number of the request within the deployment.</param>
/// <param name="Words">The reason of an objection, or a remark.</param>
/// <param name="NotBefore">A time of day before which it must not start, by the organisation's clock.</param>
/// <param name="NotAfter">A time of day by which it has to be over.</param>
[Requires(Permission.AnswerAlignments)]
public sealed record AnswerAlignment(
    string Number, int Alignment, AlignmentReply? Reply, string? Words = null, IReadOnlyList<string>? Conditions = null, TimeOnly? NotBefore = null, TimeOnly? NotAfter = null)
    : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<AnswerAlignment>
    {
        public Validator()
        {
            RuleFor(command => command.Reply).IsReply();
            RuleFor(command => command.Words).IsRemark();
            RuleFor(command => command.Conditions!).AreConditions().When(command => command.Conditions is not null);
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<AnswerAlignment, Result>
    {
        public async ValueTask<Result> Handle(AnswerAlignment command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.AnswerAlignments, services, environment) is { } refusal) return refusal;
            if (deployment.Alignments.FirstOrDefault(known => known.Number == command.Alignment) is not { } request) return AlignmentErrors.NoSuchRequest(command.Number, command.Alignment);

            var organisation = await db.Organisations.SingleAsync(known => known.Id == request.OrganisationId, cancellationToken);
            if (!organisation.IsAnsweredBy(await db.AddressOfAsync(caller, cancellationToken))) return AlignmentErrors.NoContact(organisation.Name);

            var given = PartnerRules.Given(command.Reply!.Value, command.Words, command.Conditions, command.NotBefore, command.NotAfter, organisation.TimeZone);
            return deployment.Answer(command.Alignment, given, caller.Actor.Name, AnswerWay.Account, caller.Actor, clock.GetUtcNow());
        }
    }
}
