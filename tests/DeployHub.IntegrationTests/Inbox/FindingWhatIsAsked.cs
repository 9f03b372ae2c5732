using DeployHub.Domain.Access;
using DeployHub.Features.Deployments.Campaigns;
using DeployHub.Features.Inbox;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Inbox;

/// <summary>The inbox asks the database for what concerns its reader: neither newer plans nor those of others push a decision out of sight.</summary>
public sealed class FindingWhatIsAsked(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task A_decision_is_seen_behind_hundreds_of_newer_plans_and_what_was_not_looked_at_is_said()
    {
        using var estate = await LiveAsync();
        using var other = await LiveAsync();
        var (number, theirs) = (await estate.PlanAsync(), await other.PlanAsync());
        var ana = await ApproverOfAsync(estate);
        await CopyAsync(theirs, 520);

        var mine = await hub.As(ana).Send(new ListInbox());
        mine.Items.ShouldHaveSingleItem().Subject.ShouldBe(number);
        mine.NotLookedAt.ShouldBe(0);

        var everywhere = await hub.As(Role.Approver).Send(new ListInbox());
        everywhere.Items.ShouldContain(item => item.Subject == number, "it is due before them, however many are newer");
        everywhere.Items.Count.ShouldBe(ListInbox.Most);
        everywhere.LeftOut.ShouldBeGreaterThanOrEqualTo(OpenDeployments.Most - ListInbox.Most);
        everywhere.NotLookedAt.ShouldBeGreaterThanOrEqualTo(22);
        using var browser = await hub.BrowserFor(Role.Approver);
        (await browser.Read("/inbox")).ShouldContain("more deployments may ask for you, too");
    }

    [Fact]
    public async Task A_campaign_is_seen_behind_dozens_of_others()
    {
        using var estate = await LiveAsync();
        using var other = await LiveAsync();
        var theirs = await CampaignAsync(other);
        await hub.Database(db => db.Database.ExecuteSqlAsync(
            $"""
            insert into campaigns select copy.* from campaigns c, generate_series(1, 120) n,
                jsonb_populate_record(c, jsonb_build_object('id', md5('campaign' || n)::uuid, 'number', c.number || '-' || n)) copy where c.number = {theirs};
            insert into deployments select copy.* from deployments d join campaigns c on c.id = d.campaign_id, generate_series(1, 120) n,
                jsonb_populate_record(d, jsonb_build_object('id', md5(d.number || n)::uuid, 'number', d.number || '-' || n, 'campaign_id', md5('campaign' || n)::uuid, 'status', 'Cancelled')) copy where c.number = {theirs};
            """));
        var campaign = await CampaignAsync(estate);

        (await hub.As(await ApproverOfAsync(estate)).Send(new ListInbox())).Items.Where(item => item.Kind is InboxKind.Campaign).ShouldHaveSingleItem().Subject.ShouldBe(campaign);
    }

    private async Task<string> CampaignAsync(Estate estate)
    {
        var (first, second) = (await estate.PlanAsync(), await estate.PlanAsync("1.1.0"));
        return (await hub.As(Role.ReleaseManager).Send(new PlanCampaign("Autumn", [[first], [second]]))).Done();
    }

    /// <summary>Newer plans that wait for the same, asked for later.</summary>
    private Task<int> CopyAsync(string number, int times) => hub.Database(db => db.Database.ExecuteSqlAsync(
        $"""
        insert into deployments select copy.* from deployments d, generate_series(1, {times}) n,
            jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'number', 'DEP-2099-' || lpad(n::text, 6, '0'), 'submitted_at', d.submitted_at + interval '1 day')) copy
        where d.number = {number}
        """));

    private Task<TestPerson> ApproverOfAsync(Estate estate) =>
        hub.NewPerson("Ana", [.. Enum.GetValues<ApproverQuality>().Select(quality => new RoleGrant(Role.Approver, quality, estate.Name))]);

    private Task<Estate> LiveAsync() => Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
}
