using System.Net;
using System.Text.RegularExpressions;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Features.Deployments.Calendar;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Deployments;

/// <summary>What the pages say of a plan to somebody who sees the product for the first time: one thing, with dates, and links that do what they say.</summary>
public sealed partial class ReadingAPlan(WorkingHub hub) : IClassFixture<WorkingHub>
{
    [Fact]
    public async Task Whoever_decides_reads_the_freeze_the_exception_and_the_step_back_with_dates()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
        await HasNowAsync(estate, "1.1.0");
        var slot = new Slot(Tomorrow(13), Tomorrow(14));
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(Slotted(estate, "1.0.0", slot)))).Done();
        var freeze = await FreezeAsync(estate.Name, Tomorrow(12), Tomorrow(20));
        var exception = (await hub.As(Role.ReleaseManager).Send(new RequestFreezeException(number, freeze, "The file is due", "A fine", "Paul", 6, Tomorrow(15)))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        (await hub.As(await hub.NewPerson("Olga", new RoleGrant(Role.Approver, ApproverQuality.EnvironmentOwner))).Send(new GrantFreezeException(exception, Tomorrow(15), "Paul stays online"))).Done();

        using var browser = await hub.BrowserFor(Role.Approver);
        var page = WebUtility.HtmlDecode(await browser.Read($"/deployments/{number}/decide"));
        page.ShouldContain($"{slot.Start:ddd yyyy-MM-dd} 13:00 to 14:00 UTC");
        page.ShouldContain($"{estate.Name} 1.0.0 is older than 1.1.0, which is there now on 1 target.");
        page.ShouldContain($">Closing</a> until {Tomorrow(20):ddd yyyy-MM-dd HH:mm} UTC, declared by");
        page.ShouldContain(exception);
        page.ShouldContain($"until {Tomorrow(15):ddd yyyy-MM-dd HH:mm} UTC");
        page.ShouldContain("condition still to be met");

        (await browser.Read($"/calendar/exceptions/{exception}")).ShouldContain("is older than 1.1.0");
        var planned = WebUtility.HtmlDecode(await browser.Read($"/deployments/{number}"));
        planned.ShouldContain($"At the slot's start, {slot.Start:ddd yyyy-MM-dd HH:mm} UTC: waived by exception {exception}");
    }

    [Fact]
    public async Task What_links_to_the_planning_form_has_chosen_what_it_names()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        using var mia = await hub.BrowserFor(Role.ReleaseManager);
        foreach (var (address, chosen) in ((string, string)[])[($"/components/{estate.Name}/versions/1.0.0", $"{estate.Name}@1.0.0"), ($"/services/{estate.Name}", $"{estate.Name}@1.1.0")])
        {
            var link = WebUtility.HtmlDecode(PlanLink().Match(await mia.Read(address)).Groups[1].Value);
            var form = await mia.Read(link);
            form.ShouldContain($"<option value=\"{chosen}\" selected", Case.Sensitive, link);
        }
    }

    [Fact]
    public async Task Where_no_window_opens_nothing_says_that_all_is_well_and_whoever_may_is_led_to_a_window()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
        var window = (await hub.AsSystem.Send(new ListWindows(estate.Name))).Rows.Single(row => row.Scope.Environment == estate.Name);
        (await hub.As(Role.DeploymentManager).Send(new EndWindow(window.Number, "It is replaced."))).Done();
        using var dora = await hub.BrowserFor(Role.DeploymentManager);
        using var mia = await hub.BrowserFor(Role.ReleaseManager);
        var plan = $"/deployments/new?Input.Environment={estate.Name}&Input.Versions={estate.Name}@1.0.0&Input.Model={estate.Name}";

        var onDemand = await dora.Read(plan);
        onDemand.ShouldContain("Can be submitted, not started");
        onDemand.ShouldContain($"/calendar/windows/new?environment={estate.Name}");
        var inSlot = await dora.Read($"{plan}&Input.SlotStart={Typed(Tomorrow(13))}&Input.SlotEnd={Typed(Tomorrow(14))}");
        inSlot.ShouldContain("Can be saved, not submitted");
        inSlot.ShouldNotContain("Fits its slot");
        inSlot.ShouldNotContain("move the slot");

        (string, string)[] fields =
        [
            ("Input.Environment", estate.Name), ("Input.Versions", $"{estate.Name}@1.0.0"), ("Input.Model", estate.Name), ("Input.SlotStart", Typed(Tomorrow(13))), ("Input.SlotEnd", Typed(Tomorrow(14))),
        ];
        using var saved = await dora.Submit("/deployments/new", "Submit", fields);
        var draft = WebUtility.HtmlDecode(await dora.Read(saved.Headers.Location!.ToString()));
        draft.ShouldContain("flash flash-warning");
        draft.ShouldContain("is saved as a draft, but not submitted");
        draft.ShouldContain("No window opens here, so that no run can start: define one.");
        draft.ShouldContain($"/calendar/windows/new?environment={estate.Name}");
        var forMia = WebUtility.HtmlDecode(await mia.Read(saved.Headers.Location!.ToString()));
        forMia.ShouldContain($"ask {TestHub.Owner}, who owns the environment, for one.");
        forMia.ShouldNotContain("Define a window");
    }

    [Fact]
    public async Task What_is_free_next_is_the_same_everywhere_and_is_taken_by_a_click()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(Slotted(estate, "1.0.0", new Slot(Tomorrow(13), Tomorrow(14)))))).Done();
        await FreezeAsync(estate.Name, Tomorrow(12), Tomorrow(20));
        var refused = (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Refused("FreezeActive").Message;
        refused.ShouldContain($"Free next: {Tomorrow(20):ddd yyyy-MM-dd HH:mm}");
        (await hub.AsSystem.Send(new ShowDeploymentCalendar(number))).Done().Free[0].Start.ShouldBe(Tomorrow(20));

        using var mia = await hub.BrowserFor(Role.ReleaseManager);
        var take = $"/deployments/{number}/edit?slotStart={Typed(Tomorrow(20))}&slotEnd={Typed(Tomorrow(21))}";
        WebUtility.HtmlDecode(await mia.Read($"/deployments/{number}")).ShouldContain(take);
        WebUtility.HtmlDecode(await mia.Read($"/deployments/{number}/exceptions/new")).ShouldContain(take);
        (await mia.Read(take)).ShouldContain($"value=\"{Typed(Tomorrow(20))}\"");

        using var taken = await mia.Submit(
            "/deployments/new", "Choose", ("Input.Environment", estate.Name), ("Input.Versions", $"{estate.Name}@1.0.0"), ("Input.Model", estate.Name),
            ("Input.SlotStart", Typed(Tomorrow(13))), ("Input.SlotEnd", Typed(Tomorrow(14))), ("Input.Take", $"{Typed(Tomorrow(20))}/{Typed(Tomorrow(21))}"));
        var form = await taken.Content.ReadAsStringAsync();
        form.ShouldContain($"name=\"Input.SlotStart\" value=\"{Typed(Tomorrow(20))}\"");
        form.ShouldContain("Can be submitted");
    }

    [Fact]
    public async Task A_finished_deployment_says_what_was_there_before_who_operated_it_and_that_nothing_is_left_to_close()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        await estate.ReachesAsync(await estate.StartAsync("1.0.0"), RunStatus.Succeeded);
        var run = await estate.StartAsync("1.1.0");
        await estate.ReachesAsync(run, RunStatus.Succeeded);
        var number = run.Split('/')[0];
        await TestHub.Until(async () => (await ShownAsync(number)).Outcome is not null, "it is over");

        (await ShownAsync(number)).Changes.ShouldBe([new ShowDeployment.ChangeRow(estate.Name, "1.0.0", "1.1.0", 1)]);
        using var browser = await hub.BrowserFor(Role.Auditor);
        var page = WebUtility.HtmlDecode(await browser.Read($"/deployments/{number}"));
        page.ShouldContain("There before");
        page.ShouldNotContain(">whoever starts it</span>");
        page.ShouldContain("The end of run R1 completed it at");
        page.ShouldContain("there is nothing to close.");
        var record = WebUtility.HtmlDecode(await browser.Read($"/records/{number}"));
        record.ShouldContain("Nobody did two of these.");
        record.ShouldContain("events of single steps");
        record.ShouldContain("This held at the start. No approval is needed here.");
        (await hub.AsSystem.Send(new ListDeployments(Rehearsals: true))).Rows.ShouldNotContain(row => row.Number == number);
        (await hub.AsSystem.Send(new ListDeployments(Rehearsals: false))).Rows.ShouldContain(row => row.Number == number);
    }

    [Fact]
    public async Task Who_could_approve_is_named_and_whoever_may_not_reads_why()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1, isLive: true);
        var number = await estate.PlanAsync();
        var ana = await hub.PersonFor(Role.Approver);
        var otto = await hub.NewPerson("Otto", new RoleGrant(Role.Approver, ApproverQuality.Peer));
        var decision = (await hub.As(ana).Send(new ShowDecision(number))).Done();
        decision.Could.Count.ShouldBeGreaterThan(0);
        decision.Could.ShouldAllBe(could => could.Names.Count > 0);

        using var asAna = await hub.BrowserFor(ana);
        (await asAna.Read($"/deployments/{number}")).ShouldContain("Could: ");
        (await hub.As(ana).Send(new ApproveDeployment(number, (await ShownAsync(number)).PlanDigest.ToString()))).Done();
        var after = WebUtility.HtmlDecode(await asAna.Read($"/deployments/{number}"));
        after.ShouldNotContain("Your decision");
        if ((await ShownAsync(number)).Status is DeploymentStatus.InReview) after.ShouldContain("You approved it; another person fills what is left.");

        var planner = await hub.NewPerson("Petra", new RoleGrant(Role.ReleaseManager), new RoleGrant(Role.Approver, ApproverQuality.Peer));
        var hers = (await hub.As(planner).Send(new CreateDeployment(estate.Plan("1.1.0")))).Done();
        (await hub.As(planner).Send(new SubmitDeployment(hers))).Done();
        (await hub.As(planner).Send(new ShowDecision(hers))).Done().WhyNot.ShouldBe("You planned it, so somebody else approves it (SOD-1).");
        (await hub.As(otto).Send(new ShowDecision(hers))).Done().Could.SelectMany(could => could.Names).ShouldNotContain("Petra");
    }

    /// <summary>What people type into a form.</summary>
    private static string Typed(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private DateTimeOffset Tomorrow(int hour) => new(hub.Clock.GetUtcNow().UtcDateTime.Date.AddDays(1).AddHours(hour), TimeSpan.Zero);

    private static PlanInput Slotted(Estate estate, string label, Slot slot) => estate.Plan(label) with { SlotStart = slot.Start, SlotEnd = slot.End };

    private async Task<ShowDeployment.View> ShownAsync(string number) => (await hub.AsSystem.Send(new ShowDeployment(number))).Done();

    private async Task<string> FreezeAsync(string environment, DateTimeOffset from, DateTimeOffset to) => (await hub.As(Role.DeploymentManager).Send(new DeclareFreeze(
        "Closing", "The books are closed", new ScopeInput { Environment = environment }, new RecurrenceInput { Start = from.DateTime, End = to.DateTime, Zone = "UTC" }))).Done();

    private Task<int> HasNowAsync(Estate estate, string label) => hub.Database(async db =>
    {
        var version = await db.ComponentVersions.SingleAsync(known => known.Label == label && db.Components.Any(component => component.Id == known.ComponentId && component.Key == estate.Name));
        var environment = await db.Environments.SingleAsync(known => known.Key == estate.Name);
        foreach (var target in await db.Targets.Where(known => known.EnvironmentId == environment.Id).ToListAsync())
            db.ObservedVersions.Add(ObservedVersion.First(target.Id, version.ComponentId, version.Id, "a test", hub.Clock.GetUtcNow()));
        return await db.SaveChangesAsync();
    });

    [GeneratedRegex("href=\"(/deployments/new\\?[^\"]+)\"")]
    private static partial Regex PlanLink();
}
