using DeployHub.Domain;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Notifications;
using DeployHub.Domain.Partners;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Partners;

/// <summary>
/// What an organisation is told when it is asked, as its contacts are written it: the text of a mail, in which <c>{link}</c> stands for the partner's
/// link. Whoever sends it by hand makes the link and puts it in.
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
            var text = new AlignmentText(new ConcerningDeployment(deployment, service, environment), request);
            string[] paragraphs = [.. text.Paragraphs(LetterKind.Request), $"{AlignmentText.LinkText(LetterKind.Request)}: {{link}}"];
            return new Message(organisation.Key, [.. organisation.PeopleNow()], text.Subject(LetterKind.Request), string.Join("\n\n", paragraphs));
        }
    }
}
