using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Relations;

namespace DeployHub.Domain.Deployments.Campaigns;

/// <summary>Several deployments, of whatever services and environments, that are decided about once and carried out in order: a train.</summary>
public sealed class Campaign
{
    public const int MostMembers = 50;

    private Campaign() { }

    public CampaignId Id { get; private init; }

    /// <summary>Gapless a year, such as <c>CMP-2026-000007</c>.</summary>
    public string Number { get; private init; } = "";

    public string Title { get; private init; } = "";

    /// <summary>What it is for, in words.</summary>
    public string Goal { get; private init; } = "";

    public CampaignStatus Status { get; private set; }

    /// <summary>Wave by wave.</summary>
    public IReadOnlyList<CampaignMember> Members { get; private init; } = [];

    /// <summary>After how many that did not succeed nothing further starts; null for never.</summary>
    public int? StopAfter { get; private init; }

    /// <summary>The last go or no-go; null until somebody decided.</summary>
    public CampaignDecision? Decision { get; private set; }

    public Actor PlannedBy { get; private init; } = Actor.System;

    public DateTimeOffset PlannedAt { get; private init; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Every move since it was planned, the oldest first.</summary>
    public IReadOnlyList<CampaignMove> History { get; private set; } = [];

    /// <summary>Something of it may still start.</summary>
    public bool IsOpen => Status is not (CampaignStatus.Completed or CampaignStatus.Cancelled);

    /// <summary>Refused with <c>campaign.too-few</c>, <c>campaign.too-many</c>, <c>campaign.deployment-twice</c> or <c>campaign.stop-after</c>.</summary>
    /// <param name="waves">Each the deployments that go on beside each other, in order.</param>
    public static Result<Campaign> Plan(
        string number, string title, string goal, IReadOnlyList<IReadOnlyList<Deployment>> waves, int? stopAfter, Actor by, DateTimeOffset at)
    {
        CampaignMember[] members = [.. waves.SelectMany((wave, index) => wave.Select(deployment => new CampaignMember(deployment.Id, deployment.Number, index + 1)))];
        if (members.GroupBy(member => member.Id).FirstOrDefault(same => same.Count() > 1) is { } twice) return CampaignErrors.Twice(twice.First().Number);
        if (members.Length < 2) return CampaignErrors.TooFew;
        if (members.Length > MostMembers || waves.Any(wave => wave.Count > Predecessor.Most)) return CampaignErrors.TooMany;
        if (stopAfter is { } most && (most < 1 || most > members.Length)) return CampaignErrors.StopAfter;

        return new Campaign
        {
            Id = CampaignId.New(),
            Number = number,
            Title = title,
            Goal = goal,
            Members = members,
            StopAfter = stopAfter,
            PlannedBy = by,
            PlannedAt = at,
        };
    }

    /// <summary>What a deployment of it starts after: all of the wave before.</summary>
    public IReadOnlyList<Predecessor> Before(DeploymentId deployment)
    {
        var wave = Members.Single(member => member.Id == deployment).Wave;
        return [.. Members.Where(member => member.Wave == wave - 1).Select(member => new Predecessor(member.Id, member.Number))];
    }

    /// <summary>One value that names all its plans, so that a decision is about what the person saw.</summary>
    public Digest DigestOf(IReadOnlyDictionary<DeploymentId, Digest> plans) =>
        Digest.OfText(string.Join('\n', Members.OrderBy(member => member.Number, StringComparer.Ordinal).Select(member => $"{member.Number}={plans[member.Id]}")));

    /// <summary>
    /// One person's go, which lets it run, or no-go, which stops what has not started. Refused with <c>campaign.plans-changed</c>, <c>SOD-6</c>,
    /// and with <c>SOD-1</c> for the go of who planned something live that is still to come.
    /// </summary>
    /// <param name="deployments">All of its deployments, as they are.</param>
    /// <param name="seen">The value of <see cref="DigestOf"/> that the person saw.</param>
    public Result Decide(GoNoGo verdict, IReadOnlyList<Deployment> deployments, Digest seen, string reason, Actor by, DateTimeOffset at)
    {
        var isGo = verdict is GoNoGo.Go;
        var plans = deployments.ToDictionary(deployment => deployment.Id, deployment => deployment.PlanDigest);
        if (by.Kind is not ActorKind.Person) return CampaignErrors.MachinesNeverDecide;
        if (seen != DigestOf(plans)) return CampaignErrors.PlansChanged;
        if (isGo && deployments.FirstOrDefault(deployment => deployment is { Plan.IsLive: true, IsOver: false } && deployment.Planners.Any(by.Is)) is { } own)
            return CampaignErrors.PlannerMayNotGo(by, own.Number);

        var moved = Move(isGo ? CampaignTrigger.Go : CampaignTrigger.NoGo, $"{by.Name} {(isGo ? "gave the go" : "decided against it")}{Because(reason)}", by, at);
        if (moved.Error is null) Decision = new CampaignDecision(verdict, by, at, reason, [.. Members.Select(member => new AgreedPlan(member.Id, plans[member.Id]))]);
        return moved;
    }

    public Result Pause(string reason, Actor by, DateTimeOffset at) => Move(CampaignTrigger.Pause, $"{by.Name} paused it{Because(reason)}", by, at);

    public Result Resume(string reason, Actor by, DateTimeOffset at) => Move(CampaignTrigger.Resume, $"{by.Name} resumed it{Because(reason)}", by, at);

    /// <summary>Gives it up; its deployments stay, each on its own.</summary>
    public Result Cancel(string reason, Actor by, DateTimeOffset at)
    {
        var moved = Move(CampaignTrigger.Cancel, $"{by.Name} gave it up{Because(reason)}", by, at);
        if (moved.Error is null) EndedAt = at;
        return moved;
    }

    /// <summary>Completes it once every deployment is over; nothing happens before.</summary>
    public void Follow(IReadOnlyCollection<MemberState> members, DateTimeOffset at)
    {
        if (!IsOpen || members.Any(member => !member.IsOver)) return;

        var succeeded = members.Count(member => member.Succeeded);
        if (Move(CampaignTrigger.Complete, $"Every deployment is over: {succeeded} of {members.Count} succeeded.", Actor.System, at).Error is null) EndedAt = at;
    }

    /// <summary>What it means for one of its deployments.</summary>
    public CampaignStanding StandingFor(DeploymentId deployment, IEnumerable<MemberState> members) => new(
        Number, Status, History.Count == 0 ? null : History[^1].By.Name,
        Decision is { Verdict: GoNoGo.Go } go ? go.Plans.FirstOrDefault(agreed => agreed.Id == deployment)?.Plan : null,
        [.. members.Where(member => member.IsOver && !member.Succeeded && member.EndedAt > Decision?.At).Select(member => member.Number)], StopAfter);

    private static string Because(string reason) => string.IsNullOrWhiteSpace(reason) ? "." : $": {reason}";

    private Result Move(CampaignTrigger on, string text, Actor by, DateTimeOffset at)
    {
        var next = CampaignMoves.Table.Next(Status, on);
        if (next.Error is { } refusal) return refusal;

        Status = next.Value;
        History = [.. History, new CampaignMove(on, by, at, text)];
        return Result.Success;
    }
}
