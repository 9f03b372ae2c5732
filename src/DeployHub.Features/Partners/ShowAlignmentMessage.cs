using DeployHub.Domain;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Partners;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Partners;

/// <summary>
/// What an organisation is told when it is asked: the text of a mail, in which <c>{link}</c> stands for the partner's link. Whoever sends it makes
/// the link and puts it in.
/// </summary>
/// <param name="Number">Of the deployment.</param>
/// <param name="Alignment">Number of the request within it.</param>
public sealed record ShowAlignmentMessage(string Number, int Alignment) : IQuery<Result<ShowAlignmentMessage.Message>>
{
    /// <param name="Organisation">Its key.</param>
    /// <param name="To">Contacts that count, each of whom needs a link of their own.</param>
    public sealed record Message(string Organisation, IReadOnlyList<Contact> To, string Subject, string Text);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ShowAlignmentMessage, Result<Message>>
    {
        public async ValueTask<Result<Message>> Handle(ShowAlignmentMessage query, CancellationToken cancellationToken)
        {
            if (await db.FindDeploymentAsync(query.Number, cancellationToken) is not { } deployment) return Error.NotFound("deployment", query.Number);
            if (deployment.Alignments.FirstOrDefault(known => known.Number == query.Alignment) is not { } request) return AlignmentErrors.NoSuchRequest(query.Number, query.Alignment);

            var organisation = await db.Organisations.AsNoTracking().SingleAsync(known => known.Id == request.OrganisationId, cancellationToken);
            var service = await db.Services.Where(known => known.Id == deployment.ServiceId).Select(known => known.Name).SingleAsync(cancellationToken);
            var environment = await db.Environments.Where(known => known.Id == deployment.EnvironmentId).Select(known => known.Name).SingleAsync(cancellationToken);
            var found = new ConcerningDeployment(deployment, service, environment);
            var before = request.Replaces is { } number ? deployment.Alignments.First(known => known.Number == number) : null;
            return new Message(
                organisation.Key, [.. organisation.PeopleNow()],
                $"{(request.IsShortNotice ? "Short notice: " : "")}{service} in {environment}: please answer until {WallTime.Said(request.Deadline, request.TimeZone)}",
                TextOf(found, request, before));
        }

        private static string TextOf(ConcerningDeployment found, AlignmentRequest request, AlignmentRequest? before)
        {
            var deployment = found.Deployment;
            string[] paragraphs =
            [
                before is null ? "" : $"This takes the place of what you were asked before. What is different: {Differences(request, before)}",
                $"What changes for you: {found.ChangesInWords}",
                deployment.Slot is { } slot
                    ? $"When: {WallTime.Said(slot.Start, request.TimeZone)} to {WallTime.Said(slot.End, request.TimeZone)} ({request.TimeZone})."
                    : "When: on demand, once you have agreed.",
                deployment.PartnerNote?.MustDo is { Length: > 0 } mustDo ? $"What you must do: {mustDo}" : "What you must do: nothing but answer.",
                $"Contact: {deployment.Owner.Name}.",
                $"Please answer until {WallTime.Said(request.Deadline, request.TimeZone)} ({request.TimeZone}). You may agree, agree with conditions, or object and say why: {{link}}",
                request.SilenceBlocks ? "Nothing starts before you have answered." : "If you do not answer, it goes ahead; that is not recorded as your agreement.",
            ];
            return string.Join("\n\n", paragraphs.Where(paragraph => paragraph.Length > 0));
        }

        private static string Differences(AlignmentRequest request, AlignmentRequest before) =>
            request.DifferencesFrom(before) is { Count: > 0 } differences ? string.Join(' ', differences) : request.AskedAgainBecause ?? "nothing in the plan.";
    }
}
