using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Campaigns;
using DeployHub.Domain.Deployments.Relations;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Deployments;

/// <summary>Several deployments in order, one go, a rule to stop.</summary>
public sealed class RunningACampaign
{
    private static readonly DateTimeOffset Now = Given.Now;
    private static readonly Actor Mia = new("mia", "Mia"), Ana = new("ana", "Ana"), Robot = new("ci", "CI", ActorKind.Machine);
    private readonly Deployment[] _deployments = [.. Enumerable.Range(1, 3).Select(number => Deployment.Create($"DEP-2026-00000{number}", default, default, default, "", "", Given.Plan, null, Mia, Now))];

    private Deployment First => _deployments[0];

    [Fact]
    public void A_wave_starts_after_every_deployment_of_the_wave_before()
    {
        var campaign = Joined([[0, 1], [2]]);

        First.Plan.After.ShouldBeEmpty();
        _deployments[2].Plan.After.Select(before => (before.Number, before.Until)).ShouldBe([("DEP-2026-000001", PredecessorEnd.Success), ("DEP-2026-000002", PredecessorEnd.Success)]);
        _deployments[2].CampaignId.ShouldBe(campaign.Id);
    }

    [Fact]
    public void It_needs_two_deployments_each_of_them_once()
    {
        Plan([[0]]).Error.ShouldBe(CampaignErrors.TooFew);
        Plan([[0, 1], [0]]).Error!.Code.ShouldBe("campaign.deployment-twice");
        Plan([[0], [1]], stopAfter: 3).Error.ShouldBe(CampaignErrors.StopAfter);
        Plan([[0], [1]], stopAfter: 0).Error.ShouldBe(CampaignErrors.StopAfter);
    }

    [Fact]
    public void A_deployment_belongs_to_one_campaign_and_has_not_started()
    {
        Joined([[0], [1]]);
        var other = Plan([[0], [2]]).Value;
        First.JoinCampaign(other, [], Mia, Now).Error!.Code.ShouldBe("campaign.deployment-elsewhere");

        _deployments[2].Cancel("Not needed.", Mia, Now);
        _deployments[2].JoinCampaign(other, [], Mia, Now).Error!.Code.ShouldBe("campaign.deployment-started");
    }

    [Fact]
    public void Joining_keeps_approvals_and_the_risk()
    {
        First.Submit([ApproverQuality.Peer], Mia, Now, new Risk { Factors = [], PlanDigest = First.PlanDigest, AssessedAt = Now });
        First.Approve(First.PlanDigest, [Role.Approver], [ApproverQuality.Peer], null, Ana, Now);
        Joined([[1], [0]]);

        First.Status.ShouldBe(DeploymentStatus.Scheduled);
        First.Approvals.Single().Status.ShouldBe(ApprovalStatus.Approved);
        First.Risk!.PlanDigest.ShouldBe(First.PlanDigest);
    }

    [Fact]
    public void Nothing_starts_without_a_go_and_what_has_it_does()
    {
        var campaign = Joined([[0], [1]]);
        Objection(campaign, First).ShouldNotBeNull().ShouldContain("no go yet");

        Go(campaign).Error.ShouldBeNull();
        Objection(campaign, First).ShouldBeNull();
    }

    [Fact]
    public void A_plan_that_changes_after_the_go_needs_it_again()
    {
        var campaign = Joined([[0], [1]]);
        Go(campaign);
        First.Edit("", "", default, First.Plan with { Reason = ReasonCode.Security }, null, [], Mia, Now);

        Objection(campaign, First).ShouldNotBeNull().ShouldContain("given again");
        Objection(campaign, _deployments[1]).ShouldBeNull();
        Go(campaign);
        Objection(campaign, First).ShouldBeNull();
    }

    [Fact]
    public void Who_saw_other_plans_does_not_decide_about_these()
    {
        var campaign = Joined([[0], [1]]);
        var seen = campaign.DigestOf(Plans(campaign));
        First.Edit("", "", default, First.Plan with { Reason = ReasonCode.Security }, null, [], Mia, Now);

        campaign.Decide(GoNoGo.Go, Members(campaign), seen, "", Ana, Now).Error.ShouldBe(CampaignErrors.PlansChanged);
    }

    [Fact]
    public void A_machine_never_decides()
    {
        var campaign = Joined([[0], [1]]);
        Decide(campaign, GoNoGo.Go, Robot).Error!.Code.ShouldBe("SOD-6");
    }

    [Fact]
    public void Whoever_plans_what_is_live_gives_no_go_for_it_and_may_stop_it()
    {
        var campaign = Joined([[0], [1]]);

        Decide(campaign, GoNoGo.Go, Mia).Error!.Code.ShouldBe("SOD-1");
        Decide(campaign, GoNoGo.NoGo, Mia).Error.ShouldBeNull();
    }

    [Fact]
    public void A_no_go_and_a_pause_keep_back_what_has_not_started()
    {
        var campaign = Joined([[0], [1]]);
        Go(campaign);
        campaign.Pause("The line is slow.", Mia, Now).Error.ShouldBeNull();
        Objection(campaign, First).ShouldNotBeNull().ShouldContain("Mia paused");
        campaign.Resume("It is fast again.", Mia, Now).Error.ShouldBeNull();
        Objection(campaign, First).ShouldBeNull();

        Decide(campaign, GoNoGo.NoGo, Ana).Error.ShouldBeNull();
        Objection(campaign, First).ShouldNotBeNull().ShouldContain("Ana decided against");
    }

    [Fact]
    public void After_so_many_failures_nothing_further_starts_until_there_is_a_new_go()
    {
        var campaign = Joined([[0, 1], [2]], stopAfter: 1);
        Go(campaign);
        var failed = State(First) with { Status = DeploymentStatus.Completed, Outcome = Outcome.RolledBack, EndedAt = Now.AddHours(1) };

        Objection(campaign, _deployments[1], failed).ShouldNotBeNull().ShouldContain("stops after 1 failure");
        Go(campaign, Now.AddHours(2));
        Objection(campaign, _deployments[1], failed).ShouldBeNull();
    }

    [Fact]
    public void It_completes_by_itself_when_all_are_over()
    {
        var campaign = Joined([[0], [1]]);
        Go(campaign);
        var (done, cancelled) = (State(First) with { Status = DeploymentStatus.Completed, Outcome = Outcome.Succeeded, EndedAt = Now }, State(_deployments[1]) with { Status = DeploymentStatus.Cancelled });

        campaign.Follow([done, State(_deployments[1])], Now);
        campaign.Status.ShouldBe(CampaignStatus.Running);
        campaign.Follow([done, cancelled], Now);
        campaign.Status.ShouldBe(CampaignStatus.Completed);
        campaign.History[^1].Text.ShouldContain("1 of 2 succeeded");
    }

    [Fact]
    public void What_has_the_go_is_stopped_before_it_is_given_up()
    {
        var campaign = Joined([[0], [1]]);
        Go(campaign);

        campaign.Cancel("Not needed.", Mia, Now).Error!.Code.ShouldBe("campaign.cannot-move");
    }

    private Result<Campaign> Plan(int[][] waves, int? stopAfter = null) =>
        Campaign.Plan("CMP-2026-000001", "Autumn", "", [.. waves.Select(wave => wave.Select(place => _deployments[place]).ToList())], stopAfter, Mia, Now);

    private Campaign Joined(int[][] waves, int? stopAfter = null)
    {
        var campaign = Plan(waves, stopAfter).Value;
        foreach (var member in campaign.Members) _deployments.Single(deployment => deployment.Id == member.Id).JoinCampaign(campaign, campaign.Before(member.Id), Mia, Now).Error.ShouldBeNull();
        return campaign;
    }

    private List<Deployment> Members(Campaign campaign) => [.. campaign.Members.Select(member => _deployments.Single(deployment => deployment.Id == member.Id))];

    private Dictionary<DeploymentId, Digest> Plans(Campaign campaign) => Members(campaign).ToDictionary(deployment => deployment.Id, deployment => deployment.PlanDigest);

    private Result Decide(Campaign campaign, GoNoGo verdict, Actor by, DateTimeOffset? at = null) => campaign.Decide(verdict, Members(campaign), campaign.DigestOf(Plans(campaign)), "Because.", by, at ?? Now);

    private Result Go(Campaign campaign, DateTimeOffset? at = null) => Decide(campaign, GoNoGo.Go, Ana, at);

    private static string? Objection(Campaign campaign, Deployment deployment, params MemberState[] states) => campaign.StandingFor(deployment.Id, states).ObjectionTo(deployment.PlanDigest);

    private static MemberState State(Deployment deployment) => new(deployment.Id, deployment.Number, deployment.Status, deployment.Outcome, deployment.CompletedAt);
}
