using System.Net.Http.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.ChangeTools;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.ChangeTools;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.ChangeTools;

/// <summary>Where its connection says so, a change that is authorised outside stands for the approvals of the table (domain §2.6).</summary>
public sealed class StandingForApprovals(LookingUpChanges.HubThatLooks hub) : IClassFixture<LookingUpChanges.HubThatLooks>
{
    private static int _last = 7000;

    [Fact]
    public async Task An_authorised_change_approves_takes_back_and_counts_for_one_plan()
    {
        await using var stand = new ChangeToolStand();
        var (_, change) = await ConnectedAsync(stand);
        stand.States[change] = "Assess";
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Say it", "true"), isLive: true);
        var number = await PlannedAsync(estate, change);
        await SeenAsync(number, view => view.Seen is not null);
        (await ShowAsync(number)).WaitingFor.ShouldContain(sentence => sentence.Contains("once it is authorised in", StringComparison.Ordinal));

        stand.States[change] = "Implement";
        await LookAsync(number);
        var approved = await BecomesAsync(number, DeploymentStatus.Scheduled);
        approved.Approvals.ShouldAllBe(approval => approval.Status == ApprovalStatus.Approved && approval.Change!.Number == change && approval.Change.State.Contains("Implement"));

        stand.States[change] = "Canceled";
        await LookAsync(number);
        (await BecomesAsync(number, DeploymentStatus.InReview)).Gates.Where(gate => !gate.IsOpen).Select(gate => gate.Kind).ShouldBe([GateKind.Approval, GateKind.Change], ignoreOrder: true);

        stand.States[change] = "Implement";
        await LookAsync(number);
        await BecomesAsync(number, DeploymentStatus.Scheduled);
        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(number, estate.Plan("1.1.0") with { ChangeReference = change }, "Another version"))).Done();
        await LookAsync(number);
        (await SeenAsync(number, view => view.Approvals?.Contains("authorised for another plan", StringComparison.Ordinal) == true)).StandsForApprovals.ShouldBeTrue();
        (await ShowAsync(number)).Status.ShouldBe(DeploymentStatus.InReview);

        stand.States[change] = "Assess";
        await LookAsync(number);
        await SeenAsync(number, view => !view.Seen!.IsAuthorised);
        stand.States[change] = "Implement";
        await LookAsync(number);
        await BecomesAsync(number, DeploymentStatus.Scheduled);
        (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done();

        (await ShowAsync(number)).Events.Count(happened => happened.Kind == "ApproveByChange").ShouldBe(3);
    }

    [Fact]
    public async Task A_plan_under_a_change_that_is_known_to_be_authorised_is_scheduled_at_once()
    {
        await using var stand = new ChangeToolStand();
        var (key, change) = await ConnectedAsync(stand);
        stand.States[change] = "Scheduled";
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Say it", "true"), isLive: true);
        var first = await PlannedAsync(estate, change);
        await BecomesAsync(first, DeploymentStatus.Scheduled);

        var second = await PlannedAsync(estate, change);
        (await ShowAsync(second)).Status.ShouldBe(DeploymentStatus.Scheduled);

        using var browser = await hub.BrowserFor(Role.Approver);
        foreach (var page in new[] { $"/deployments/{second}", $"/deployments/{second}/decide" })
        {
            var read = await browser.Read(page);
            read.ShouldContain($"{change} stands for ");
            read.ShouldContain("change_request.do?sys_id=a1");
        }

        using var administrator = await hub.BrowserFor(Role.Administrator);
        (await administrator.Read($"/admin/change-tools/{key}")).ShouldContain("stands for the approvals of normal changes here");
        await administrator.Submit($"/admin/change-tools/{key}", "Disconnect");
        foreach (var number in new[] { first, second }) (await ShowAsync(number)).Status.ShouldBe(DeploymentStatus.InReview);
        (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(first))).Refused("deployment.gates-closed");
    }

    [Fact]
    public async Task An_administrator_says_through_both_doors_whether_it_stands_for_them()
    {
        await using var stand = new ChangeToolStand();
        var (key, change) = await ConnectedAsync(stand);
        stand.States[change] = "Scheduled";
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Say it", "true"), isLive: true);
        var number = await PlannedAsync(estate, change);
        await BecomesAsync(number, DeploymentStatus.Scheduled);

        using var administrator = await hub.BrowserFor(Role.Administrator);
        await administrator.Submit(
            $"/admin/change-tools/{key}/edit", null, ("Input.Name", key), ("Input.Kind", "ServiceNow"), ("Input.Address", stand.Url), ("Input.Pattern", change), ("Input.Unreachable", "Hold"), ("Input.StandsForApprovals", "False"));
        (await ShowAsync(number)).Status.ShouldBe(DeploymentStatus.InReview);

        using var adam = await hub.ClientFor(Role.Administrator);
        var settings = new { name = key, kind = "ServiceNow", address = stand.Url, pattern = change, standsForApprovals = true };
        (await adam.PutAsJsonAsync($"/api/v1/change-tools/{key}", settings)).EnsureSuccessStatusCode();
        await BecomesAsync(number, DeploymentStatus.Scheduled);

        (await adam.PutAsJsonAsync($"/api/v1/change-tools/{key}", settings with { pattern = $"{change}0" })).EnsureSuccessStatusCode();
        (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Refused("deployment.gates-closed");
        await BecomesAsync(number, DeploymentStatus.InReview);
        (await hub.As(Role.DeploymentManager).Send(new DescribeChangeTool(key, new ChangeToolSettings(key, ChangeToolKind.ServiceNow, stand.Url)))).Refused("access.not-permitted");
    }

    [Fact]
    public async Task The_planning_form_says_for_how_many_approvals_a_change_would_stand()
    {
        await using var stand = new ChangeToolStand();
        var (key, change) = await ConnectedAsync(stand);
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Say it", "true"), isLive: true);
        async Task<string?> ByChangeAsync(string? reference) =>
            (await hub.As(Role.ReleaseManager).Send(new ShowPlanningChoices(estate.Plan("1.0.0") with { ChangeReference = reference }))).Preview!.ByChange;

        (await ByChangeAsync(change))!.ShouldMatch($"^{change} stands for [1-3] approvals? once it is authorised in {key}\\.$");
        (await ByChangeAsync(null)).ShouldBeNull();
        (await ByChangeAsync("OTHER-1")).ShouldBeNull("no tool knows it");
    }

    private async Task<(string Key, string Change)> ConnectedAsync(ChangeToolStand stand)
    {
        var (key, change) = (TestHub.Unique("tool"), $"CHG{Interlocked.Increment(ref _last)}");
        (await hub.As(Role.Administrator).Send(new ConnectChangeTool(key, new ChangeToolSettings(key, ChangeToolKind.ServiceNow, stand.Url, Pattern: change, StandsForApprovals: true)))).Done();
        return (key, change);
    }

    private async Task<string> PlannedAsync(Estate estate, string change)
    {
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { ChangeReference = change }))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        return number;
    }

    private async Task LookAsync(string number)
    {
        hub.Clock.Advance(ChangeRecord.AskedEvery);
        (await hub.As(Role.ReleaseManager).Send(new LookUpChange(number))).Done();
    }

    private async Task<ShowDeployment.View> ShowAsync(string number) => (await hub.As(Role.Stakeholder).Send(new ShowDeployment(number))).Done();

    private async Task<ShowDeployment.View> BecomesAsync(string number, DeploymentStatus status)
    {
        ShowDeployment.View view = null!;
        await TestHub.Until(async () => (view = await ShowAsync(number)).Status == status, () => $"{number} is {status}; it waits for {string.Join(' ', view.WaitingFor)}", 30);
        return view;
    }

    private async Task<ShowChange.View> SeenAsync(string number, Func<ShowChange.View, bool> what)
    {
        ShowChange.View view = null!;
        await TestHub.Until(async () => what(view = (await hub.As(Role.Stakeholder).Send(new ShowChange(number))).Value), "the change is looked up", 30);
        return view;
    }
}
