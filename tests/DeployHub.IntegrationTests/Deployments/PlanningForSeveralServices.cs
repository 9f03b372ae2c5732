using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Feeds;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Features.Deployments.Feeds;
using DeployHub.Features.Deployments.TargetLists;
using DeployHub.Features.Inbox;
using DeployHub.Features.Insights;
using DeployHub.Features.Inventory;
using DeployHub.Features.Notifications;
using DeployHub.Features.Partners;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Notifications;
using DeployHub.IntegrationTests.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Deployments;

/// <summary>To act a person needs the right for every service of a plan; to be told, one of them is enough.</summary>
public sealed class PlanningForSeveralServices(WorkingHub hub) : IClassFixture<WorkingHub>
{
    [Fact]
    public async Task A_run_of_two_services_is_in_the_hands_of_whoever_may_act_for_both()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", "exit 3"), targets: 1);
        var second = await SecondServiceAsync(estate);
        var (half, other) = (await PractitionerAsync("Half", estate.Name), await PractitionerAsync("Other", second));
        var whole = await PractitionerAsync("Whole", estate.Name, second);
        var manager = await hub.NewPerson("Manager", new RoleGrant(Role.DeploymentManager, Service: second));
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { Versions = [$"{estate.Name}@1.0.0", $"{second}@1.0.0"] }))).Done();
        foreach (var somebody in new[] { half, other })
        {
            (await hub.As(somebody).Send(new SubmitDeployment(number))).Refused("access.not-permitted");
            (await hub.As(somebody).Send(new CancelDeployment(number, "Not mine to cancel"))).Refused("access.not-permitted");
            (await hub.As(somebody).Send(new PrioritiseDeployment(number, Domain.Deployments.Priority.High, "Not mine to hurry"))).Refused("access.not-permitted");
        }

        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        (await hub.As(half).Send(new StartRun(number))).Refused("access.not-permitted");
        var run = (await hub.As(whole).Send(new StartRun(number))).Done();
        await estate.ReachesAsync(run, RunStatus.Halted);

        foreach (var somebody in new[] { half, other })
        {
            (await estate.ResolveAsync(run, ResolutionChoice.Retry, somebody)).Error!.Code.ShouldBe("access.not-permitted");
            (await hub.As(somebody).Send(new StopRun(run, "Not mine to stop"))).Refused("access.not-permitted");
            (await hub.As(somebody).Send(new TakeOverRun(run))).Refused("access.not-permitted");
            (await hub.As(somebody).Send(new ListInbox())).Items.ShouldNotContain(item => item.Subject == number);
            (await hub.As(somebody).Send(new ShowMyWork())).Halted.ShouldContain(item => item.Number == number, "they are shown what stands still");
        }

        (await hub.As(whole).Send(new ListInbox())).Items.ShouldContain(item => item.Subject == number && item.Kind == InboxKind.Halt);
        await TestHub.Until(async () => (await hub.As(manager).Send(new ListNotices(Limit: 200))).Rows.Any(notice => notice.Type == "run.halted" && notice.Subject == run), "the manager of the second service is told", 30);
    }

    [Fact]
    public async Task A_webhook_of_either_service_is_told()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", "true"), targets: 1);
        var second = await SecondServiceAsync(estate);
        var webhook = TestHub.Unique("second");
        (await hub.As(Role.Administrator).Send(new CreateWebhook(webhook, "Second", "https://nowhere.example.com/hook", "hook", ["deployment.scheduled"], second))).Done();
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { Versions = [$"{estate.Name}@1.0.0", $"{second}@1.0.0"] }))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        await hub.PassOnAsync();

        await TestHub.Until(async () => (await hub.AsSystem.Send(new ListDeliveries(webhook))).Done().Rows.Any(delivery => delivery.Subject == number), "the message is stored", 20);
    }

    [Fact]
    public async Task It_is_found_under_each_of_them()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", "true"), targets: 1, isLive: true);
        var second = await SecondServiceAsync(estate);
        var bank = TestHub.Unique("bank");
        (await hub.As(Role.ReleaseManager).Send(new RegisterOrganisation(bank, "Bank"))).Done();
        (await hub.As(Role.ReleaseManager).Send(new AddConcern(bank, second, IsRequired: false))).Done();
        var start = hub.Clock.GetUtcNow().AddDays(2);
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with
        {
            Versions = [$"{estate.Name}@1.0.0", $"{second}@1.0.0"],
            SlotStart = start,
            SlotEnd = start.AddHours(1),
        }))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        var mia = await hub.NewPerson("Mia", new RoleGrant(Role.ReleaseManager));
        var token = (await hub.As(mia).Send(new RenewCalendarFeed())).Done();

        foreach (var service in new[] { estate.Name, second })
        {
            (await hub.AsSystem.Send(new ListDeployments(Service: service))).Rows.Single(row => row.Number == number).Services.ShouldBe([estate.Name, second]);
            (await hub.AsSystem.Send(new ShowCalendar(start.AddDays(-1), start.AddDays(1), service))).Done().Slots.Single(row => row.Number == number).Services.ShouldBe([estate.Name, second]);
            (await hub.AsSystem.Send(new ShowBacklog(service))).Rows.Single(row => row.Number == number).Services.ShouldBe([estate.Name, second]);
            (await hub.AsNobody.Send(new ReadCalendarFeed(token, FeedSubject.Service, service, null))).Done().Text.ShouldContain(number, Case.Sensitive, service);
        }

        using (var browser = await hub.BrowserFor(Role.Approver))
        {
            foreach (var page in (string[])[$"/deployments?service={second}", $"/backlog?service={second}", "/inbox"]) (await browser.Read(page)).ShouldContain($"{estate.Name} and {second} in", Case.Sensitive, page);
        }

        (await hub.AsSystem.Send(new ListDeployments(Service: TestHub.Unique("none")))).Rows.ShouldBeEmpty();
        (await ConcerningAsync(bank)).ShouldBe([number]);
        foreach (var (person, may) in new[] { (await PlannerAsync("Half", estate.Name), false), (await PlannerAsync("Other", second), false), (await PlannerAsync("Whole", estate.Name, second), true) })
            (await hub.As(person).Send(new ShowCalendar(start.AddDays(-1), start.AddDays(1)))).Done().Slots.Single(row => row.Number == number).MayMove.ShouldBe(may, person.Name);
    }

    [Fact]
    public async Task A_model_that_is_not_for_one_of_them_is_neither_suggested_nor_offered()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", "true"), targets: 1, change: (made, document) =>
            Task.FromResult(document.Replace("kinds: [Software]", $"kinds: [Software], services: [{made.Name}]", StringComparison.Ordinal)));
        var second = await SecondServiceAsync(estate);
        string[] both = [$"{estate.Name}@1.0.0", $"{second}@1.0.0"];
        (await hub.As(Role.DeploymentManager).Send(new SetEnvironmentPolicy(estate.Name, 0, 5, AllowedModels: [estate.Name]))).Done();

        (await hub.AsSystem.Send(new SuggestModel(estate.Name, [both[0]]))).ShouldBe(estate.Name);
        (await hub.AsSystem.Send(new SuggestModel(estate.Name, both))).ShouldBeNull();
        (await hub.AsSystem.Send(new SuggestModel(estate.Name, [$"{estate.Name}@absent"]))).ShouldBeNull("it does not say how a component is removed");
        (await hub.AsSystem.Send(new ShowPlanningChoices(estate.Plan("1.0.0") with { Versions = both }))).Models.Single(model => model.Slug == estate.Name).Objection.ShouldNotBeNull().ShouldContain($"not {second}");
    }

    [Fact]
    public async Task It_counts_in_the_practice_of_each_and_what_is_planned_for_new_targets_is_found_in_any_order()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", "true"), targets: 1, isLive: true);
        var second = await SecondServiceAsync(estate);
        string[] both = [$"{estate.Name}@1.0.0", $"{second}@1.0.0"];
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { Versions = both }))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        await estate.ApproveAsync(number);
        await estate.ReachesAsync((await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done(), RunStatus.Succeeded);

        var practice = (await hub.AsSystem.Send(new ShowPractice(Limit: 200))).Services;
        foreach (var service in (string[])[estate.Name, second]) practice.Single(row => row.Key == service).Uses[estate.Name].ShouldBe(1, service);

        await estate.RegisterTargetAsync("t-2", new LocalConnection(Directory.CreateDirectory(estate.PlaceOf("t-2")).FullName));
        var planned = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { Versions = [both[1], both[0]], Targets = ["t-2"] }))).Done();
        (await hub.As(Role.ReleaseManager).Send(new PlanNewTargets(number))).Refused("deployment.new-targets-planned").Message.ShouldContain(planned);
    }

    private async Task<IReadOnlyList<string>> ConcerningAsync(string organisation) => await hub.Database(async db =>
        (IReadOnlyList<string>)[.. (await db.ConcerningAsync(await db.Organisations.SingleAsync(known => known.Key == organisation), hub.Clock.GetUtcNow(), CancellationToken.None)).Select(found => found.Deployment.Number)]);

    private Task<TestPerson> PlannerAsync(string name, params string[] services) => hub.NewPerson(name, [.. services.Select(service => new RoleGrant(Role.ReleaseManager, Service: service))]);

    private async Task<TestPerson> PractitionerAsync(string name, params string[] services) =>
        await hub.NewPerson(name, [.. services.Select(service => new RoleGrant(Role.DeploymentPractitioner, Service: service))]);

    /// <summary>A service with a component of its own, whose file lies beside that of the estate.</summary>
    private async Task<string> SecondServiceAsync(Estate estate)
    {
        var key = TestHub.Unique("second");
        (await hub.As(Role.DeploymentManager).Send(new RegisterService(key, key, TestHub.Owner))).Done();
        (await hub.As(Role.DeploymentManager).Send(new RegisterComponent(key, key, key, ComponentKind.Software))).Done();
        (await hub.As(Role.ReleaseManager).Send(new RegisterComponentVersion(
            key, "1.0.0", [new RegisterComponentVersion.Artefact("package", estate.Name, "1.0.0", Digest.OfText("1.0.0").ToString())]))).Done();
        return key;
    }
}
