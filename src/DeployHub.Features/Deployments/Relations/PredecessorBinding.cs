using DeployHub.Domain;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Relations;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Relations;

/// <summary>Finds what a plan starts after, and keeps deployments from waiting for each other.</summary>
internal static class PredecessorBinding
{
    /// <summary>Whoever relates deployments does so alone: two who each see no circle could make one together.</summary>
    private const long OneAtATime = 0x4465_706C_5265_6C61;

    private static readonly DeploymentStatus[] Over = [DeploymentStatus.Completed, DeploymentStatus.Closed, DeploymentStatus.Cancelled, DeploymentStatus.Expired];

    public static Task<Result<IReadOnlyList<Predecessor>>> PredecessorsAsync(this DeployHubDb db, IReadOnlyList<PredecessorInput> wanted, CancellationToken cancellationToken) =>
        db.PredecessorsAsync(wanted, [], cancellationToken);

    /// <param name="kept">What it starts after already: to wait in vain for one of them is no reason against another edit.</param>
    private static async Task<Result<IReadOnlyList<Predecessor>>> PredecessorsAsync(
        this DeployHubDb db, IReadOnlyList<PredecessorInput> wanted, IReadOnlyList<Predecessor> kept, CancellationToken cancellationToken)
    {
        if (wanted.Count == 0) return Array.Empty<Predecessor>();
        if (wanted.Count > Predecessor.Most) return RelationErrors.TooMany;
        if (wanted.GroupBy(one => one.Deployment).FirstOrDefault(same => same.Count() > 1) is { } twice) return RelationErrors.Twice(twice.Key);

        var numbers = wanted.Select(one => one.Deployment).ToList();
        var known = await db.Deployments.Where(deployment => numbers.Contains(deployment.Number))
            .Select(deployment => new { deployment.Id, deployment.Number, deployment.Status, deployment.Outcome }).ToDictionaryAsync(deployment => deployment.Number, cancellationToken);
        foreach (var one in wanted)
        {
            if (!known.TryGetValue(one.Deployment, out var found)) return RelationErrors.Unknown(one.Deployment);
            if (kept.Contains(new Predecessor(found.Id, found.Number, one.Until))) continue;
            if (new PredecessorStanding(found.Number, found.Status, found.Outcome, one.Until) is { IsInVain: true } lost) return RelationErrors.InVain(lost);
        }

        return wanted.Select(one => new Predecessor(known[one.Deployment].Id, one.Deployment, one.Until)).ToList();
    }

    /// <summary>What an edited plan starts after: what was said now, or what it was before; and always what its campaign puts before it, which need not be said.</summary>
    /// <param name="said">As the edit named it; null where it left it as it is.</param>
    public static async Task<Result<IReadOnlyList<Predecessor>>> AfterEditAsync(
        this DeployHubDb db, Deployment deployment, IReadOnlyList<PredecessorInput>? said, CancellationToken cancellationToken)
    {
        if (said is null) return Result<IReadOnlyList<Predecessor>>.Succeeded(deployment.Plan.After);

        var campaign = deployment.CampaignId is { } id ? await db.Campaigns.AsNoTracking().SingleAsync(known => known.Id == id, cancellationToken) : null;
        var fixedByCampaign = campaign?.Before(deployment.Id) ?? [];
        if (said.FirstOrDefault(one => fixedByCampaign.Any(before => before.Number == one.Deployment && before.Until != one.Until)) is { } changed)
            return RelationErrors.OfCampaign(changed.Deployment, campaign!.Number);

        var own = await db.PredecessorsAsync([.. said.Where(one => fixedByCampaign.All(before => before.Number != one.Deployment))], deployment.Plan.After, cancellationToken);
        if (own.Error is { } refusal) return refusal;

        Predecessor[] after = [.. own.Value, .. fixedByCampaign];
        if (after.All(deployment.Plan.After.Contains)) return after;

        var circle = await db.CircleAsync(new Dictionary<string, IReadOnlyList<string>> { [deployment.Number] = [.. after.Select(one => one.Number)] }, cancellationToken);
        return circle is null ? after : circle;
    }

    /// <summary>Why these relations cannot be: somebody would wait for themself. Null when they can.</summary>
    /// <param name="changed">Of each number, the numbers that it is to start after.</param>
    public static async Task<Error?> CircleAsync(this DeployHubDb db, IReadOnlyDictionary<string, IReadOnlyList<string>> changed, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({OneAtATime})", cancellationToken);
        var after = new Dictionary<string, IReadOnlyList<string>>(changed);
        for (var open = Unknown(changed.Values, after); open.Count > 0;)
        {
            var found = await db.Deployments.AsNoTracking().Where(deployment => open.Contains(deployment.Number) && !Over.Contains(deployment.Status))
                .Select(deployment => new { deployment.Number, deployment.Plan }).ToListAsync(cancellationToken);
            foreach (var number in open) after[number] = [.. found.Find(deployment => deployment.Number == number)?.Plan.After.Select(predecessor => predecessor.Number) ?? []];
            open = Unknown(open.ConvertAll(number => after[number]), after);
        }

        var graph = new RelationGraph(after);
        return changed.Keys.Select(graph.CircleThrough).FirstOrDefault(way => way.Count > 0) is { } circle ? RelationErrors.Circle(circle) : null;
    }

    private static List<string> Unknown(IEnumerable<IReadOnlyList<string>> named, Dictionary<string, IReadOnlyList<string>> known) =>
        [.. named.SelectMany(numbers => numbers).Distinct().Where(number => !known.ContainsKey(number))];
}
