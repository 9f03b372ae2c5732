using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Partners;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Feeds;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Partners;

/// <summary>A deployment as an organisation sees it: by the names of service and environment.</summary>
internal sealed record ConcerningDeployment(Deployment Deployment, string Service, string Environment)
{
    /// <summary>What the planner wrote, or what the plan says of itself.</summary>
    public string ChangesInWords => Deployment.PartnerNote?.Changes is { Length: > 0 } written
        ? written
        : $"{string.Join(", and ", Sentences(Deployment.Plan))}.";

    private IEnumerable<string> Sentences(Plan plan)
    {
        var (coming, going) = (plan.Versions.Where(version => !version.IsRemoval).ToList(), plan.Versions.Where(version => version.IsRemoval).ToList());
        if (coming.Count > 0) yield return $"{Words.List(coming.Select(version => version.InWords))} {(coming.Count == 1 ? "comes" : "come")} to {Service} in {Environment}";
        if (going.Count > 0) yield return $"{Words.List(going.Select(version => version.Component))} {(going.Count == 1 ? "is" : "are")} removed from {(coming.Count == 0 ? $"{Service} in {Environment}" : "it")}";
    }

    /// <summary>Where it stands, without what only we understand.</summary>
    public string WordOutside => Deployment.Status switch
    {
        DeploymentStatus.InReview => "Planned",
        DeploymentStatus.Scheduled => "Scheduled",
        DeploymentStatus.InProgress => "Running",
        DeploymentStatus.Halted => "Interrupted",
        DeploymentStatus.Cancelled or DeploymentStatus.Expired => "Cancelled",
        DeploymentStatus.Draft => "Planned anew",
        _ => Deployment.Outcome switch
        {
            Outcome.Succeeded or Outcome.SucceededAfterIntervention => "Finished and verified",
            Outcome.RolledBack => "Taken back: everything is as before",
            Outcome.RolledForward => "Finished by a later deployment",
            Outcome.PartiallyDeployed => "Finished in part",
            _ => "Ended without success",
        },
    };

    /// <summary>As calendars of theirs show it; only for what has a slot.</summary>
    /// <param name="changedAt">Of the last thing that happened to it.</param>
    public FeedEntry ToEntry(DateTimeOffset changedAt) => new(
        $"{Deployment.Number}@deployhub", Deployment.EventCount, Deployment.Slot!.Start, Deployment.Slot.End, $"{Service} in {Environment}: {Deployment.Number}", $"{WordOutside}. {ChangesInWords}",
        Deployment.Status switch
        {
            DeploymentStatus.Cancelled or DeploymentStatus.Expired => EntryStatus.Cancelled,
            DeploymentStatus.Draft or DeploymentStatus.InReview => EntryStatus.Tentative,
            _ => EntryStatus.Confirmed,
        }, changedAt, null, "Deployment");
}

internal static class ConcerningDeployments
{
    /// <summary>How long something that is over stays in sight.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromDays(14);

    /// <summary>Of what nobody was asked about; what was asked of the organisation is all there.</summary>
    private const int Most = 500;

    /// <summary>What comes, runs or ended lately and concerns the organisation by its rules, or was asked of it. No drafts: nothing is meant by them yet.</summary>
    public static async Task<IReadOnlyList<ConcerningDeployment>> ConcerningAsync(this DeployHubDb db, Organisation organisation, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var asked = await db.ShownAsync(db.AskedOf(organisation.Id), at, cancellationToken);
        var (services, environments, pairs) = KeysOf(organisation);
        var concerning = await db.ShownAsync(
            db.Deployments.FromSql(
                $"""
                select d.*, d.xmin from deployments d join environments environment on environment.id = d.environment_id
                where '' = any({services}) or environment.key = any({environments}) or exists (
                    select from components component join services service on service.id = component.service_id
                    where component.id = any(d.component_ids) and (service.key = any({services}) or service.key || '/' || environment.key = any({pairs})))
                """), at, cancellationToken, Most);
        return
        [
            .. asked.Where(found => found.Deployment.Alignments.Any(request => request.OrganisationId == organisation.Id && request.IsCurrent))
                .Concat(concerning).DistinctBy(found => found.Deployment.Id).OrderByDescending(found => found.Deployment.Number, StringComparer.Ordinal),
        ];
    }

    /// <summary>Keys of the services that concern it everywhere, “” for every one; of the environments in which every service does; and of pairs.</summary>
    private static (string[] Services, string[] Environments, string[] Pairs) KeysOf(Organisation organisation)
    {
        var concerns = organisation.Ended is null ? organisation.Concerns.Where(concern => concern.Ended is null).ToList() : [];
        return (
            [.. concerns.Where(concern => concern.Environment is null).Select(concern => concern.Service ?? "")],
            [.. concerns.Where(concern => concern.Service is null).Select(concern => concern.Environment).OfType<string>()],
            [.. concerns.Where(concern => concern is { Service: not null, Environment: not null }).Select(concern => $"{concern.Service}/{concern.Environment}")]);
    }

    private static async Task<List<ConcerningDeployment>> ShownAsync(this DeployHubDb db, IQueryable<Deployment> deployments, DateTimeOffset at, CancellationToken cancellationToken, int most = int.MaxValue)
    {
        var since = at - Recent;
        var rows = await (from deployment in deployments.AsNoTracking()
                          where deployment.Status == DeploymentStatus.InReview || deployment.Status == DeploymentStatus.Scheduled || deployment.Status == DeploymentStatus.InProgress
                              || deployment.Status == DeploymentStatus.Halted || deployment.CompletedAt >= since || (deployment.Status == DeploymentStatus.Cancelled && deployment.SubmittedAt >= since)
                          join environment in db.Environments on deployment.EnvironmentId equals environment.Id
                          orderby deployment.Number descending
                          select new { Deployment = deployment, Environment = environment.Name })
            .Take(most).ToListAsync(cancellationToken);
        var components = rows.SelectMany(row => row.Deployment.Plan.Versions, (_, version) => version.ComponentId).Distinct().ToList();
        var services = await (from component in db.Components where components.Contains(component.Id) join service in db.Services on component.ServiceId equals service.Id select new { component.Id, service.Name })
            .ToDictionaryAsync(owned => owned.Id, owned => owned.Name, cancellationToken);
        return [.. rows.Select(row => new ConcerningDeployment(row.Deployment, Words.List(row.Deployment.Plan.Versions.Select(version => services[version.ComponentId]).Distinct()), row.Environment))];
    }
}
