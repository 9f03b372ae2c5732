using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Campaigns;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace DeployHub.Features.Notifications;

/// <summary>What becomes of campaigns, told with what is stored: their own moves, and what their deployments mean for them.</summary>
internal static class CampaignOutbox
{
    /// <param name="tracked">Everything that is about to be saved.</param>
    /// <param name="happened">What happened to deployments among it.</param>
    public static async Task TellOfCampaignsAsync(
        this DeployHubDb db, IReadOnlyList<EntityEntry> tracked, IReadOnlyList<DeploymentEvent> happened, CancellationToken cancellationToken)
    {
        foreach (var entry in tracked.Where(entry => entry is { Entity: Campaign, State: EntityState.Added or EntityState.Modified }))
            await db.TellOfMovesAsync((Campaign)entry.Entity, entry, cancellationToken);

        var changed = tracked.Where(entry => entry is { Entity: Deployment { CampaignId: not null }, State: EntityState.Modified }).ToList();
        foreach (var members in changed.GroupBy(entry => ((Deployment)entry.Entity).CampaignId!.Value))
        {
            if (happened.LastOrDefault(e => members.Any(entry => ((Deployment)entry.Entity).Id == e.DeploymentId)) is not { } last) continue;

            var campaign = tracked.Select(entry => entry.Entity).OfType<Campaign>().FirstOrDefault(known => known.Id == members.Key)
                ?? await db.Campaigns.AsNoTracking().SingleAsync(known => known.Id == members.Key, cancellationToken);
            if (campaign is { IsOpen: true, Decision.Verdict: GoNoGo.Go }) await db.TellOfMembersAsync(campaign, [.. members], last, cancellationToken);
        }
    }

    private static async Task TellOfMovesAsync(this DeployHubDb db, Campaign campaign, EntityEntry entry, CancellationToken cancellationToken)
    {
        var isNew = entry.State is EntityState.Added;
        var moves = campaign.History.Skip(isNew ? 0 : ((IReadOnlyList<CampaignMove>)entry.Property(nameof(Campaign.History)).OriginalValue!).Count).ToList();
        if (!isNew && moves.Count == 0) return;

        var concerned = await db.ConcernedByAsync(campaign, cancellationToken);
        var waits = $"“{campaign.Title}” has {Words.Count(campaign.Members.Count, "deployment")} and waits for a go.";
        if (isNew) db.Happenings.Add(Of(campaign, EventTypes.CampaignToDecide, waits, campaign.PlannedBy, campaign.PlannedAt, concerned));
        db.Happenings.AddRange(moves.Select(move => Of(campaign, ToldEvents.Of(move.Move), move.Text, move.By, move.At, concerned)));
    }

    private static async Task TellOfMembersAsync(
        this DeployHubDb db, Campaign campaign, IReadOnlyList<EntityEntry> members, DeploymentEvent last, CancellationToken cancellationToken)
    {
        var withoutGo = members.Where(entry => HadGo(campaign, entry)).Select(entry => ((Deployment)entry.Entity).Number).ToList();
        var rule = members.Any(HasEnded) ? await db.NewStopRuleAsync(campaign, members, cancellationToken) : null;
        if (withoutGo.Count == 0 && rule is null) return;

        var concerned = await db.ConcernedByAsync(campaign, cancellationToken);
        var lost = $"The plan of {Words.List(withoutGo)} changed since the go for {campaign.Number}: the go has to be given again.";
        if (withoutGo.Count > 0) db.Happenings.Add(Of(campaign, EventTypes.CampaignGoLost, lost, last.By, last.At, concerned));
        if (rule is not null) db.Happenings.Add(Of(campaign, EventTypes.CampaignHeld, rule, Actor.System, last.At, concerned));
    }

    /// <summary>The plan that the go was about is another one now.</summary>
    private static bool HadGo(Campaign campaign, EntityEntry entry)
    {
        var deployment = (Deployment)entry.Entity;
        var before = (Digest)entry.Property(nameof(Deployment.PlanDigest)).OriginalValue!;
        return before != deployment.PlanDigest && campaign.Decision!.Plans.Any(agreed => agreed.Id == deployment.Id && agreed.Plan == before);
    }

    private static bool HasEnded(EntityEntry entry) => ((Deployment)entry.Entity).IsOver && StateOf(entry, before: true) is { IsOver: false };

    /// <summary>The stop rule in a sentence, when it holds by what is saved now and did not before.</summary>
    private static async Task<string?> NewStopRuleAsync(this DeployHubDb db, Campaign campaign, IReadOnlyList<EntityEntry> members, CancellationToken cancellationToken)
    {
        var ids = campaign.Members.Select(member => member.Id).ToList();
        var stored = await db.StatesAsync(db.Deployments.Where(deployment => ids.Contains(deployment.Id)), cancellationToken);
        var now = stored.Select(state => members.FirstOrDefault(entry => ((Deployment)entry.Entity).Id == state.Id) is { } entry ? StateOf(entry, before: false) : state);
        return campaign.StandingFor(ids[0], stored).StopRule is null ? campaign.StandingFor(ids[0], now).StopRule : null;
    }

    private static MemberState StateOf(EntityEntry entry, bool before)
    {
        var deployment = (Deployment)entry.Entity;
        return before
            ? new MemberState(deployment.Id, deployment.Number, (DeploymentStatus)entry.Property(nameof(Deployment.Status)).OriginalValue!, null, null)
            : new MemberState(deployment.Id, deployment.Number, deployment.Status, deployment.Outcome, deployment.CompletedAt);
    }

    /// <summary>Who planned it, and who owns its deployments.</summary>
    private static async Task<IReadOnlyList<string>> ConcernedByAsync(this DeployHubDb db, Campaign campaign, CancellationToken cancellationToken)
    {
        var ids = campaign.Members.Select(member => member.Id).ToList();
        var owners = await db.Deployments.AsNoTracking().Where(deployment => ids.Contains(deployment.Id)).Select(deployment => deployment.Owner).ToListAsync(cancellationToken);
        return [.. owners.Append(campaign.PlannedBy).Select(person => person.Id)];
    }

    private static Happening Of(Campaign campaign, string type, string sentence, Actor by, DateTimeOffset at, IReadOnlyList<string> people) => Happening.Of(
        type, campaign.Number, sentence, $"/campaigns/{campaign.Number}", by, at, people,
        new Dictionary<string, object?> { ["campaign"] = campaign.Number, ["status"] = campaign.Status.ToString() });
}
