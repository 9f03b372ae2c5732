using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Partners;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Partners;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Aligning;

/// <summary>Which organisations are asked about a deployment, what they said, and whom it touches besides.</summary>
public sealed record ListAlignments(string Number) : IQuery<Result<ListAlignments.View>>
{
    /// <param name="Note">What organisations are told in plain words; null says what the plan says.</param>
    /// <param name="Requests">Those that count first, then those that were superseded.</param>
    /// <param name="Parties">Names of those who have to agree by the plan, asked or not yet.</param>
    /// <param name="Informed">Names of those who see it without being asked.</param>
    /// <param name="Freezes">Freezes of their own that the slot lies in, a sentence each.</param>
    public sealed record View(PartnerNote? Note, IReadOnlyList<Row> Requests, IReadOnlyList<string> Parties, IReadOnlyList<string> Informed, IReadOnlyList<string> Freezes);

    /// <param name="Contacts">Contacts that count, by number; none for who may not see partners.</param>
    /// <param name="LetsStart">It does not keep a run from starting.</param>
    /// <param name="WhoseLink">A sentence where whoever planned it made the link of the answer; empty otherwise.</param>
    public sealed record Row(
        int Number, string Organisation, string Name, string TimeZone, AlignmentStatus Status, bool LetsStart, DateTimeOffset AskedAt, DateTimeOffset Deadline, bool IsShortNotice,
        bool SilenceBlocks, AlignmentAnswer? Answer, IReadOnlyList<AlignmentCondition> Conditions, IReadOnlyList<OverrideVote> Override, string? AskedAgainBecause,
        IReadOnlyList<string> Differences, IReadOnlyList<ContactName> Contacts, string WhoseLink)
    {
        /// <summary>Whoever asks is a contact of the organisation, which has not answered yet.</summary>
        public bool MayAnswer { get; init; }
    }

    public sealed record ContactName(int Number, string Name);

    internal sealed class Handler(DeployHubDb db, Caller caller) : IQueryHandler<ListAlignments, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ListAlignments query, CancellationToken cancellationToken)
        {
            var deployment = await db.Deployments.AsNoTracking().SingleOrDefaultAsync(known => known.Number == query.Number, cancellationToken);
            if (deployment is null) return Error.NotFound("deployment", query.Number);

            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            OrganisationId[] asked = [.. deployment.Plan.Parties.Select(party => party.Id), .. deployment.Alignments.Select(request => request.OrganisationId)];
            var organisations = await db.OrganisationsAroundAsync(services, environment, asked, cancellationToken);
            var concerned = organisations.FindAll(organisation => services.Any(service => organisation.IsConcernedBy(service, environment)));
            var parties = organisations.FindAll(organisation => deployment.Plan.Parties.Any(party => party.Id == organisation.Id));
            var address = caller.RefusalThroughout(Permission.AnswerAlignments, services, environment) is null && !deployment.Planners.Any(caller.Actor.Is) ? await db.AddressOfAsync(caller, cancellationToken) : null;
            return new View(
                deployment.PartnerNote,
                [.. deployment.Alignments.OrderBy(request => !request.IsCurrent).ThenByDescending(request => request.Number).Select(request => RowOf(deployment, request, organisations, address))],
                [.. parties.Select(party => party.Name)], [.. concerned.Where(organisation => !parties.Contains(organisation)).Select(organisation => organisation.Name)],
                [.. concerned.Union(parties).SelectMany(organisation => FreezesOf(organisation, deployment.Slot))]);
        }

        private Row RowOf(Deployment deployment, AlignmentRequest request, List<Organisation> organisations, string? address) => new(
            request.Number, request.Organisation, request.Name, request.TimeZone, request.Status, request.LetsStart, request.AskedAt, request.Deadline, request.IsShortNotice,
            request.SilenceBlocks, request.Answer, request.Conditions, request.Override, request.AskedAgainBecause,
            request.Replaces is { } number ? request.DifferencesFrom(deployment.Alignments.First(known => known.Number == number)) : [],
            caller.May(Permission.ViewPartners) ? ContactsOf(organisations.First(organisation => organisation.Id == request.OrganisationId)) : [], deployment.WhoseLink(request).TrimStart())
        {
            MayAnswer = request is { IsCurrent: true, Answer: null } && organisations.First(organisation => organisation.Id == request.OrganisationId).IsAnsweredBy(address),
        };

        private static IReadOnlyList<ContactName> ContactsOf(Organisation organisation) =>
            [.. organisation.PeopleNow().Select(contact => new ContactName(contact.Number, contact.Name))];

        private static IEnumerable<string> FreezesOf(Organisation organisation, Slot? slot) => slot is null ? [] :
            organisation.Freezes.Where(freeze => freeze.Overlaps(slot.Start, slot.End))
                .Select(freeze => $"The slot lies in “{freeze.Name}” of {organisation.Name}, {Lasting(freeze)}.");

        private static string Lasting(PartnerFreeze freeze) =>
            $"from {WallTime.Said(freeze.StartsAt, freeze.TimeZone)} to {WallTime.Said(freeze.EndsAt, freeze.TimeZone)} ({freeze.TimeZone})";
    }
}
