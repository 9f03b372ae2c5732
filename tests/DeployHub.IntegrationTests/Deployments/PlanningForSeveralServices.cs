using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Deployments;
using DeployHub.Features.Inbox;
using DeployHub.Features.Inventory;
using DeployHub.Features.Notifications;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Notifications;
using DeployHub.IntegrationTests.Runs;

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
