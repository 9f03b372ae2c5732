using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Partners;
using DeployHub.Features.Pipeline;
using FluentValidation;
using Mediator;

namespace DeployHub.Features.Deployments.Aligning;

/// <summary>Records what an organisation said by phone, mail or in a meeting.</summary>
/// <param name="Alignment">Number of the request within the deployment.</param>
/// <param name="AnsweredBy">Who said it.</param>
/// <param name="Way">How they said it.</param>
/// <param name="Words">The reason of an objection, or a remark.</param>
/// <param name="NotBefore">A time of day before which it must not start, by the organisation's clock.</param>
/// <param name="NotAfter">A time of day by which it has to be over.</param>
[Requires(Permission.AlignPartners)]
public sealed record RecordAlignmentAnswer(
    string Number, int Alignment, AlignmentReply? Reply, string AnsweredBy, AnswerWay Way, string? Words = null, IReadOnlyList<string>? Conditions = null,
    TimeOnly? NotBefore = null, TimeOnly? NotAfter = null)
    : ICommand<Result>
{
    internal sealed class Validator : AbstractValidator<RecordAlignmentAnswer>
    {
        public Validator()
        {
            RuleFor(command => command.Reply).IsReply();
            RuleFor(command => command.AnsweredBy).IsNamed("Write who said it, so that the record names them.");
            RuleFor(command => command.Way).Must(way => way is AnswerWay.Phone or AnswerWay.Email or AnswerWay.Meeting).WithMessage("Say how they said it: Phone, Email or Meeting.");
            RuleFor(command => command.Words).IsRemark();
            RuleFor(command => command.Conditions!).AreConditions().When(command => command.Conditions is not null);
        }
    }

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : ICommandHandler<RecordAlignmentAnswer, Result>
    {
        public async ValueTask<Result> Handle(RecordAlignmentAnswer command, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(command.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", command.Number);
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.AlignPartners, services, environment) is { } refusal) return refusal;

            var zone = deployment.Alignments.FirstOrDefault(request => request.Number == command.Alignment)?.TimeZone ?? "UTC";
            var given = PartnerRules.Given(command.Reply!.Value, command.Words, command.Conditions, command.NotBefore, command.NotAfter, zone);
            return deployment.Answer(command.Alignment, given, command.AnsweredBy.Trim(), command.Way, caller.Actor, clock.GetUtcNow());
        }
    }
}
