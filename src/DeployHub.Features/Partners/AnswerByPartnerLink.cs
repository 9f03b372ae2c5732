using DeployHub.Domain;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Partners;

/// <summary>What a partner answers by their link. The link is the permission, read anew each time.</summary>
/// <param name="Deployment">Its number.</param>
/// <param name="Alignment">Number of the request within it.</param>
/// <param name="Name">Who answers; a link may have been passed on.</param>
/// <param name="Words">The reason of an objection, or a remark.</param>
/// <param name="NotBefore">A time of day before which it must not start, by the organisation's clock.</param>
/// <param name="NotAfter">A time of day by which it has to be over.</param>
[RequiresNoSignIn]
public sealed record AnswerByPartnerLink(
    string Token, string Deployment, int Alignment, AlignmentReply? Reply, string Name, string? Words = null, IReadOnlyList<string>? Conditions = null,
    TimeOnly? NotBefore = null, TimeOnly? NotAfter = null)
    : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<AnswerByPartnerLink>
    {
        public Validator()
        {
            RuleFor(command => command.Reply).IsReply();
            RuleFor(command => command.Name).IsNamed("Write your name, so that the record says who answered.");
            RuleFor(command => command.Words).IsRemark();
            RuleFor(command => command.Conditions!).AreConditions().When(command => command.Conditions is not null);
        }
    }

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : ICommandHandler<AnswerByPartnerLink, Result>
    {
        public async ValueTask<Result> Handle(AnswerByPartnerLink command, CancellationToken cancellationToken)
        {
            var at = clock.GetUtcNow();
            var opened = await db.OpenPartnerLinkAsync(command.Token, at, cancellationToken);
            if (opened.Error is { } closed) return closed;

            var (link, organisation) = (opened.Value.Link, opened.Value.Organisation);
            var deployment = await db.FindDeploymentAsync(command.Deployment, cancellationToken);
            if (deployment?.Alignments.Any(request => request.Number == command.Alignment && request.OrganisationId == organisation.Id) is not true)
                return AlignmentErrors.NoSuchRequest(command.Deployment, command.Alignment);

            var given = PartnerRules.Given(command.Reply!.Value, command.Words, command.Conditions, command.NotBefore, command.NotAfter, organisation.TimeZone);
            return deployment.Answer(command.Alignment, given, command.Name.Trim(), AnswerWay.Link, link.ToActor(organisation, command.Name.Trim()), at, link.MadeBy);
        }
    }
}
