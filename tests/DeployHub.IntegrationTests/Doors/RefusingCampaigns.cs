using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Campaigns;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Doors;

/// <summary>Campaigns, and the go for them: what both doors refuse.</summary>
[Collection(nameof(Doors))]
public sealed class RefusingCampaigns(TestHub hub)
{
    [Fact]
    public async Task New_campaigns()
    {
        using var estate = await LiveAsync();
        using var mia = await BothDoors.OfAsync(hub, Role.ReleaseManager);
        using var ana = await BothDoors.OfAsync(hub, Role.Approver);
        var manager = await hub.PersonFor(Role.ReleaseManager);
        var (first, second, third, over) = (await DraftAsync(manager, estate, "1.0.0"), await DraftAsync(manager, estate, "1.1.0"), await DraftAsync(manager, estate, "1.0.0"), await DraftAsync(manager, estate, "1.0.0"));
        var taken = await DraftAsync(manager, estate, "1.1.0");
        (await hub.As(manager).Send(new PlanCampaign("Taken", [[third], [taken]]))).Done();
        (await hub.As(manager).Send(new CancelDeployment(over, "Not needed"))).Done();

        await mia.RefuseAlikeAsync(
            Planning("No title", "invalid", "Input.Title", $"{first}\n{second}", title: ""),
            Planning("A goal of 4001 characters", "invalid", "Input.Goal", $"{first}\n{second}", goal: new string('x', 4001)),
            Planning("Nothing in it", "invalid", "Input.Waves", ""),
            Planning("One alone", "campaign.too-few", "Input.Waves", first),
            Planning("One twice", "campaign.deployment-twice", "Input.Waves", $"{first}\n{first}"),
            Planning("One that is not there", "campaign.deployment-unknown", "Input.Waves", $"{first}\nDEP-1999-000001"),
            Planning("One that is over", "campaign.deployment-started", "Input.Waves", $"{first}\n{over}"),
            Planning("One of another campaign", "campaign.deployment-elsewhere", "Input.Waves", $"{first}\n{taken}"),
            Planning("Stopping after none", "campaign.stop-after", "Input.StopAfter", $"{first}\n{second}", stopAfter: 0),
            Planning("Stopping after more than it holds", "campaign.stop-after", "Input.StopAfter", $"{first}\n{second}", stopAfter: 3));
        await ana.RefuseAlikeAsync(Planning("Somebody who plans nothing", "access.not-permitted", null, $"{first}\n{second}"));
    }

    [Fact]
    public async Task Deciding_and_moving()
    {
        using var estate = await LiveAsync();
        var planner = await hub.NewPerson("Planner", [new RoleGrant(Role.ReleaseManager), .. Enum.GetValues<ApproverQuality>().Select(quality => new RoleGrant(Role.Approver, quality))]);
        using var ana = await BothDoors.OfAsync(hub, Role.Approver);
        using var own = await BothDoors.OfAsync(hub, planner);
        var (first, second) = (await DraftAsync(planner, estate, "1.0.0"), await DraftAsync(planner, estate, "1.1.0"));
        var number = (await hub.As(planner).Send(new PlanCampaign("Autumn", [[first], [second]]))).Done();
        var stale = (await ShownAsync(number)).PlansDigest.ToString();
        (await hub.As(planner).Send(new EditDeployment(first, estate.Plan("1.0.0") with { Reason = ReasonCode.Security }, "Edited"))).Done();
        var shown = await ShownAsync(number);
        var seen = shown.PlansDigest.ToString();

        await ana.RefuseAlikeAsync(
            Deciding("A go for plans that were edited", "campaign.plans-changed", null, number, "Go", stale, "Ready"),
            Deciding("A no-go for plans that were edited", "campaign.plans-changed", null, number, "NoGo", stale, "Not ready"),
            Deciding("A no-go without a reason", "invalid", "Reason", number, "NoGo", seen, ""),
            Deciding("A go for 2001 characters", "invalid", "Reason", number, "Go", seen, new string('x', 2001)),
            Deciding("A go for nothing", "campaign.not-found", null, "CMP-1999-000001", "Go", seen, "Ready"));
        await own.RefuseAlikeAsync(
            Deciding("A go for one's own live plans", "SOD-1", null, number, "Go", seen, "Mine are fine"),
            Moving("Pausing what waits", "campaign.cannot-move", null, number, "Pause", "pause", "The line is slow").Gone(),
            Moving("Resuming what waits", "campaign.cannot-move", null, number, "Resume", "resume", "It is fast").Gone(),
            Moving("Giving up without a reason", "invalid", "Because", number, "Cancel", "cancellation", "") with { ApiField = "reason" },
            Moving("Giving up what somebody changed meanwhile", "changed-meanwhile", null, number, "Cancel", "cancellation", "Not needed", shown.RowVersion + 1));
    }

    private static Refusal Planning(string wrong, string code, string? field, string waves, string title = "Autumn release", string goal = "Everything new", int? stopAfter = null) => new(
        wrong, code, field, new("/campaigns/new", null, ("Input.Title", title), ("Input.Goal", goal), ("Input.Waves", waves), ("Input.StopAfter", $"{stopAfter}")),
        Request.Post("/campaigns", new { title, goal, stopAfter, waves = waves.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(wave => new[] { wave }) }));

    private static Refusal Deciding(string wrong, string code, string? field, string number, string verdict, string digest, string reason) => new(
        wrong, code, field, new($"/campaigns/{number}", verdict, ("PlansDigest", digest), ("Reason", reason)), Request.Post($"/campaigns/{number}/decisions", new { verdict, plansDigest = digest, reason }));

    private static Refusal Moving(string wrong, string code, string? field, string number, string handler, string move, string reason, uint? seen = null) => new(
        wrong, code, field, new($"/campaigns/{number}", handler, ("Seen", $"{seen}"), ("Because", reason)), new(HttpMethod.Post, $"/campaigns/{number}/{move}", new { reason }, seen));

    private async Task<string> DraftAsync(TestPerson by, Estate estate, string label) => (await hub.As(by).Send(new CreateDeployment(estate.Plan(label)))).Done();

    private async Task<ShowCampaign.View> ShownAsync(string number) => (await hub.AsSystem.Send(new ShowCampaign(number))).Done();

    private Task<Estate> LiveAsync() => Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
}
