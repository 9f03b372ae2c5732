using System.Text.Json.Serialization;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Campaigns;

/// <summary>One campaign: its deployments wave by wave, what each waits for, and what was decided.</summary>
public sealed record ShowCampaign(string Number) : IQuery<Result<ShowCampaign.View>>
{
    /// <param name="PlansDigest">What a decision is about now.</param>
    /// <param name="NeedsGo">A go has to be given, or given again, before anything further starts.</param>
    /// <param name="StopRule">That too many did not succeed, in a sentence; null while they have not.</param>
    /// <param name="RowVersion">What a move sends back as <c>Seen</c>; the API's <c>ETag</c>.</param>
    public sealed record View(
        string Number, string Title, string Goal, CampaignStatus Status, int? StopAfter, Actor PlannedBy, DateTimeOffset PlannedAt, DateTimeOffset? EndedAt,
        CampaignDecision? Decision, bool NeedsGo, string? StopRule, Digest PlansDigest, IReadOnlyList<Member> Members, IReadOnlyList<CampaignMove> History,
        [property: JsonIgnore] uint RowVersion)
    {
        /// <summary>Of every deployment to come, what it waits for first.</summary>
        public IEnumerable<string> WaitingFor => Members.SelectMany(member => member.WaitsFor.Take(1), (member, first) => $"{member.Number}: {first}");
    }

    /// <param name="WaitsFor">What has to happen before it starts, or goes on.</param>
    /// <param name="HasGo">The go is for its plan as it is.</param>
    /// <param name="Stages">Of its newest run.</param>
    public sealed record Member(
        string Number, int Wave, string Title, string Service, string Environment, bool IsLive, DeploymentStatus Status, Outcome? Outcome, IReadOnlyList<string> Versions, int Targets,
        Slot? Slot, bool HasGo, IReadOnlyList<string> WaitsFor, IReadOnlyList<ListDeployments.StageMark> Stages, int RunCount);

    internal sealed class Handler(DeployHubDb db, TimeProvider clock) : IQueryHandler<ShowCampaign, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowCampaign query, CancellationToken cancellationToken)
        {
            var found = await db.Campaigns.AsNoTracking().Where(known => known.Number == query.Number)
                .Select(known => new { Campaign = known, RowVersion = EF.Property<uint>(known, "Version") }).SingleOrDefaultAsync(cancellationToken);
            if (found is null) return Error.NotFound("campaign", query.Number);

            var campaign = found.Campaign;
            var deployments = (await db.DeploymentsOfAsync(campaign, cancellationToken)).ToDictionary(deployment => deployment.Id);
            var members = await MembersAsync(campaign, deployments, cancellationToken);
            var states = deployments.Values.Select(deployment => new MemberState(deployment.Id, deployment.Number, deployment.Status, deployment.Outcome, deployment.CompletedAt));
            var stopRule = campaign.StandingFor(campaign.Members[0].Id, states).StopRule;
            return new View(
                campaign.Number, campaign.Title, campaign.Goal, campaign.Status, campaign.StopAfter, campaign.PlannedBy, campaign.PlannedAt, campaign.EndedAt, campaign.Decision,
                campaign.IsOpen && (stopRule is not null || members.Any(member => member is { HasGo: false, Status: DeploymentStatus.Draft or DeploymentStatus.InReview or DeploymentStatus.Scheduled })),
                campaign.IsOpen ? stopRule : null, campaign.DigestOf(deployments.ToDictionary(one => one.Key, one => one.Value.PlanDigest)), members, campaign.History, found.RowVersion);
        }

        private async Task<IReadOnlyList<Member>> MembersAsync(Campaign campaign, Dictionary<DeploymentId, Deployment> deployments, CancellationToken cancellationToken)
        {
            var (ids, services) = (deployments.Keys.ToList(), deployments.Values.Select(deployment => deployment.ServiceId).Distinct().ToList());
            var runs = await db.Runs.AsNoTracking().Where(run => ids.Contains(run.DeploymentId)).Select(run => new { run.DeploymentId, run.Number, run.Stages, run.WaitingSentence }).ToListAsync(cancellationToken);
            var newest = runs.GroupBy(run => run.DeploymentId).ToDictionary(same => same.Key, same => same.MaxBy(run => run.Number)!);
            var keys = await db.Services.Where(service => services.Contains(service.Id)).ToDictionaryAsync(service => service.Id, service => service.Key, cancellationToken);
            var facts = await db.GateFactsAsync([.. deployments.Values], clock.GetUtcNow(), cancellationToken);
            var agreed = campaign.Decision is { Verdict: GoNoGo.Go } go ? go.Plans.ToDictionary(plan => plan.Id, plan => plan.Plan) : [];
            return
            [
                .. from member in campaign.Members
                   orderby member.Wave, member.Number
                   let deployment = deployments[member.Id]
                   let run = newest.GetValueOrDefault(member.Id)
                   select new Member(
                       member.Number, member.Wave, deployment.Title, keys[deployment.ServiceId], deployment.Plan.Environment, deployment.Plan.IsLive, deployment.Status, deployment.Outcome,
                       [.. deployment.Plan.Versions.Select(version => version.InWords)], deployment.Plan.Targets.Count, deployment.Slot,
                       agreed.TryGetValue(member.Id, out var plan) && plan == deployment.PlanDigest, WaitsFor(deployment, facts[member.Id], run?.WaitingSentence),
                       [.. (run?.Stages ?? []).Select(stage => new ListDeployments.StageMark(stage.Stage, stage.Status))], deployment.RunCount),
            ];
        }

        private IReadOnlyList<string> WaitsFor(Deployment deployment, GateFacts facts, string? run) => deployment switch
        {
            { IsOver: true } => [],
            { IsUnderWay: true } => run is null ? [] : [run],
            _ => [.. StartGates.For(deployment, facts, clock.GetUtcNow()).Where(gate => !gate.IsOpen).OrderBy(gate => gate.Kind is not (GateKind.Dependencies or GateKind.Campaign)).Select(gate => gate.Sentence)],
        };
    }
}
