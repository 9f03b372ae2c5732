using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Partners;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.BusyTimes;
using DeployHub.Features.Deployments.Risks;
using DeployHub.Features.Notifications;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Partners;

/// <summary>Look-ups that several messages share.</summary>
internal static class PartnerLookups
{
    public static Task<Organisation?> FindOrganisationAsync(this DeployHubDb db, string key, CancellationToken cancellationToken) =>
        db.Organisations.SingleOrDefaultAsync(organisation => organisation.Key == key, cancellationToken);

    /// <summary>Who has to agree to a plan: those whom the rules name, and those whom the planner named. An emergency waits for nobody (M3).</summary>
    /// <param name="bound">The plan, yet without parties.</param>
    /// <param name="judged">What its risk is judged to be already; null where nobody has.</param>
    public static async Task<Result<IReadOnlyList<PlannedParty>>> PartiesAsync(
        this DeployHubDb db, BoundPlan bound, IReadOnlyList<string> named, RiskBand? judged, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var plan = bound.Plan;
        if (plan.Category is ChangeCategory.Emergency) return Array.Empty<PlannedParty>();

        var organisations = await db.OpenOrganisationsAsync(cancellationToken);
        if (named.FirstOrDefault(key => organisations.TrueForAll(known => known.Key != key)) is { } unknown)
            return Error.Invalid("plan.party-unknown", "Plan.Parties", $"There is no organisation “{unknown}” that could be asked.");

        var risk = organisations.Exists(known => bound.Services.Any(service => known.HasToAgreeTo(service, plan.Environment, RiskBand.High)))
            ? Risk.Of(await db.RiskFactsAsync(bound, cancellationToken), plan.Digest, at).Computed
            : RiskBand.Low;
        if (judged > risk) risk = judged.Value;
        return organisations.Select(known => (Organisation: known, IsByRule: bound.Services.Any(service => known.HasToAgreeTo(service, plan.Environment, risk))))
            .Where(known => known.IsByRule || named.Contains(known.Organisation.Key))
            .Select(known => new PlannedParty(known.Organisation.Id, known.Organisation.Key, known.IsByRule)).ToList();
    }

    /// <summary>The organisations of a plan as they are asked.</summary>
    public static async Task<IReadOnlyList<AskedParty>> AskedPartiesAsync(this DeployHubDb db, Deployment deployment, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (deployment.Plan.Parties.Count == 0) return [];

        var ids = deployment.Plan.Parties.Select(party => party.Id).ToList();
        var organisations = await db.Organisations.AsNoTracking().Where(organisation => ids.Contains(organisation.Id)).OrderBy(organisation => organisation.Key).ToListAsync(cancellationToken);
        var services = await db.ServicesOfAsync(deployment.Plan.Versions, cancellationToken);
        var working = await db.WorkingDaysOfPartnersAsync(cancellationToken);
        return [.. organisations.Select(organisation => Asked(organisation, deployment, services, at) with { WorkingDays = working(organisation.Key) })];
    }

    /// <summary>Asks whom the plan names and who has not been asked about it as it is now.</summary>
    public static async Task<Result> AlignAsync(this DeployHubDb db, Deployment deployment, Actor by, DateTimeOffset at, CancellationToken cancellationToken) =>
        deployment.Align(await db.AskedPartiesAsync(deployment, at, cancellationToken), by, at);

    /// <summary>Names of organisations that the rules name now, by deployment; those of plans that were made without them.</summary>
    public static async Task<ILookup<DeploymentId, string>> MissingPartiesAsync(this DeployHubDb db, IReadOnlyList<Deployment> deployments, CancellationToken cancellationToken)
    {
        var waiting = deployments.Where(deployment => deployment.Plan.Category is not ChangeCategory.Emergency)
            .Where(deployment => deployment.Status is DeploymentStatus.Draft or DeploymentStatus.InReview or DeploymentStatus.Scheduled).ToList();
        var organisations = waiting.Count == 0 ? [] : (await db.OpenOrganisationsAsync(cancellationToken)).FindAll(organisation => organisation.Concerns.Any(concern => concern.IsRequired));
        if (organisations.Count == 0) return Array.Empty<Deployment>().ToLookup(deployment => deployment.Id, _ => "");

        var services = await db.ServicesByComponentAsync(waiting.SelectMany(deployment => deployment.Plan.Versions, (_, version) => version.ComponentId), cancellationToken);
        return (from deployment in waiting
                from organisation in organisations
                where deployment.Plan.Versions.Any(version => services.TryGetValue(version.ComponentId, out var service)
                        && organisation.HasToAgreeTo(service, deployment.Plan.Environment, deployment.Risk?.Band ?? RiskBand.Low))
                    && deployment.Plan.Parties.All(party => party.Id != organisation.Id)
                select (deployment.Id, organisation.Name)).ToLookup(pair => pair.Id, pair => pair.Name);
    }

    /// <summary>What a link opens. Refused with <c>partner.link-invalid</c>, which tells nobody why.</summary>
    public static async Task<Result<OpenedLink>> OpenPartnerLinkAsync(this DeployHubDb db, string token, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (!token.StartsWith(PartnerLink.TokenPrefix, StringComparison.Ordinal)) return PartnerErrors.LinkInvalid;

        var digest = Digest.OfText(token);
        if (await db.PartnerLinks.SingleOrDefaultAsync(known => known.TokenDigest == digest, cancellationToken) is not { } link) return PartnerErrors.LinkInvalid;

        var organisation = await db.Organisations.SingleAsync(known => known.Id == link.OrganisationId, cancellationToken);
        return link.Opens(organisation, at) ? new OpenedLink(link, organisation) : PartnerErrors.LinkInvalid;
    }

    /// <summary>Deployments with a request to the organisation, superseded ones included, the newest first.</summary>
    public static IQueryable<Deployment> AskedOf(this DeployHubDb db, OrganisationId organisation)
    {
        var asked = Asking(organisation);
        return db.Deployments.FromSql($"select *, xmin from deployments where alignments @> {asked}::jsonb").OrderByDescending(deployment => deployment.Number);
    }

    /// <summary>What the requests of a deployment contain where the organisation was asked, as the index on them reads it.</summary>
    public static string Asking(OrganisationId organisation) => $$"""[{"organisationId":"{{organisation.Value}}"}]""";

    /// <summary>Those whom deployments of one of the services to the environment concern, and those with these ids, ended ones among them.</summary>
    public static Task<List<Organisation>> OrganisationsAroundAsync(this DeployHubDb db, IReadOnlyList<string> services, string environment, IReadOnlyCollection<OrganisationId> others, CancellationToken cancellationToken)
    {
        var (ids, keys) = (others.Select(id => id.Value).ToArray(), services.ToArray());
        return db.Organisations.FromSql(
            $"""
            select organisation.*, organisation.xmin from organisations organisation
            where organisation.id = any({ids}) or (organisation.ended is null and exists (
                select from jsonb_array_elements(organisation.concerns) concern
                where concern ->> 'ended' is null and (concern ->> 'service' is null or concern ->> 'service' = any({keys})) and coalesce(concern ->> 'environment', {environment}) = {environment}))
            """).AsNoTracking().OrderBy(organisation => organisation.Key).ToListAsync(cancellationToken);
    }

    /// <summary>The address of the caller's account; null for a program, and for DeployHub itself.</summary>
    public static async Task<string?> AddressOfAsync(this DeployHubDb db, Caller caller, CancellationToken cancellationToken) =>
        caller.PersonId() is { } person ? await db.Users.Where(known => known.Id == person).Select(known => known.Email).SingleOrDefaultAsync(cancellationToken) : null;

    /// <summary>
    /// Freezes of organisations that reach into the range, in the order in which they start. An organisation that has none there is not read; a clock on a
    /// wall is at most a day off.
    /// </summary>
    public static async Task<IReadOnlyList<PartnerFreezeTime>> PartnerFreezesAsync(this DeployHubDb db, Occurrence range, CancellationToken cancellationToken)
    {
        var organisations = await db.Organisations.FromSql(
            $"""
            select organisation.*, organisation.xmin from organisations organisation
            where organisation.ended is null and exists (
                select from jsonb_array_elements(organisation.freezes) own
                where own ->> 'ended' is null
                  and (own ->> 'end')::timestamp > ({range.Start} at time zone 'UTC') - interval '1 day'
                  and (own ->> 'start')::timestamp < ({range.End} at time zone 'UTC') + interval '1 day')
            """).AsNoTracking().OrderBy(organisation => organisation.Key).ToListAsync(cancellationToken);
        return
        [
            .. organisations.SelectMany(organisation => organisation.Freezes, (organisation, freeze) => new PartnerFreezeTime(organisation, freeze))
                .Where(time => time.Freeze.Overlaps(range.Start, range.End)).OrderBy(time => time.Freeze.StartsAt),
        ];
    }

    private static Task<List<Organisation>> OpenOrganisationsAsync(this DeployHubDb db, CancellationToken cancellationToken) =>
        db.Organisations.AsNoTracking().Where(organisation => organisation.Ended == null).OrderBy(organisation => organisation.Key).ToListAsync(cancellationToken);

    private static AskedParty Asked(Organisation organisation, Deployment deployment, IReadOnlyList<string> services, DateTimeOffset at)
    {
        var risk = deployment.Risk?.Band ?? RiskBand.Low;
        var inAdvance = deployment.Slot is { } slot && organisation.Freezes.Any(freeze => freeze.Overlaps(slot.Start, slot.End)) ? null : organisation.Agreements.FirstOrDefault( // they said otherwise for that time
            agreement => services.All(service => agreement.Covers(service, deployment.Plan.Environment, deployment.Plan.Category, risk, deployment.Slot?.Start ?? at)));
        return new AskedParty(organisation.Id, organisation.Key, organisation.Name, organisation.TimeZone, organisation.NoticeDays, organisation.Silence.Blocks(risk), inAdvance);
    }
}

/// <summary>A link that is valid, and whose page it opens.</summary>
internal sealed record OpenedLink(PartnerLink Link, Organisation Organisation);
