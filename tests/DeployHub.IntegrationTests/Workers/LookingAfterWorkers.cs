using System.Net;
using DeployHub.Domain.Access;
using DeployHub.Domain.Workers;
using DeployHub.Features.Workers;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Workers;

/// <summary>Both doors to the registry of workers; the entries are made by hand.</summary>
public sealed class LookingAfterWorkers(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task The_api_lists_drains_and_resumes()
    {
        var name = await EnterAsync();
        using var client = await hub.ClientFor(Role.Administrator);
        (await StateAsync(client, name)).ShouldBe("Idle");

        (await client.PostAsync($"/api/v1/workers/{name}/drain", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await StateAsync(client, name)).ShouldBe("Draining");
        await client.PostAsync($"/api/v1/workers/{name}/drain", null).Problem(HttpStatusCode.Conflict, "worker.already-draining");

        (await client.PostAsync($"/api/v1/workers/{name}/resume", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await StateAsync(client, name)).ShouldBe("Idle");
        await client.PostAsync($"/api/v1/workers/{name}/resume", null).Problem(HttpStatusCode.Conflict, "worker.not-draining");
        await client.PostAsync("/api/v1/workers/nobody/drain", null).Problem(HttpStatusCode.NotFound, "worker.not-found");
    }

    [Theory]
    [InlineData(Role.DeploymentManager, true)]
    [InlineData(Role.Administrator, true)]
    [InlineData(Role.DeploymentPractitioner, false)]
    [InlineData(Role.ReleaseManager, false)]
    [InlineData(Role.Approver, false)]
    [InlineData(Role.Stakeholder, false)]
    [InlineData(Role.Auditor, false)]
    [InlineData(Role.CiSystem, false)]
    public async Task Everybody_sees_them_and_two_roles_drain_them(Role role, bool mayDrain)
    {
        var name = await EnterAsync();
        using var client = await hub.ClientFor(role);
        (await StateAsync(client, name)).ShouldBe("Idle");

        var drained = await hub.As(role).Send(new DrainWorker(name));
        if (mayDrain) drained.Done();
        else drained.Refused("access.not-permitted");
    }

    [Fact]
    public async Task A_deployment_manager_of_one_service_drains_none()
    {
        var narrow = await hub.NewPerson("Narrow", new RoleGrant(Role.DeploymentManager, Service: "shop"));
        (await hub.As(narrow).Send(new DrainWorker(await EnterAsync()))).Refused("access.not-permitted");
    }

    [Fact]
    public async Task The_page_shows_them_and_drains_by_a_button()
    {
        var name = await EnterAsync();
        using var auditor = await hub.BrowserFor(Role.Auditor);
        var seen = await auditor.Read("/admin/workers");
        seen.ShouldContain(name);
        seen.ShouldContain("0 of 16");
        seen.ShouldNotContain("handler=Drain");

        using var manager = await hub.BrowserFor(Role.DeploymentManager);
        (await manager.Read("/admin")).ShouldContain("/admin/workers");
        using var answer = await manager.Submit("/admin/workers", "Drain", ("name", name));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await manager.Read("/admin/workers?handler=State")).ShouldContain($"drained by {(await hub.PersonFor(Role.DeploymentManager)).Name}");

        using var again = await manager.Submit("/admin/workers", "Drain", ("name", name));
        (await again.Content.ReadAsStringAsync()).ShouldContain("This worker is being drained already");
    }

    [Fact]
    public async Task One_that_is_gone_for_a_day_is_not_shown()
    {
        var name = await EnterAsync(ago: WorkerProcess.ForgottenAfter + TimeSpan.FromMinutes(1));
        (await hub.AsSystem.Send(new ListWorkers())).ShouldNotContain(worker => worker.Name == name);
    }

    /// <param name="ago">Unless told, its beat is yet to come, so that no pause of this machine silences it.</param>
    private async Task<string> EnterAsync(TimeSpan? ago = null)
    {
        var worker = WorkerProcess.Enter(TestHub.Unique("worker"));
        var at = hub.Clock.GetUtcNow() - (ago ?? TimeSpan.FromMinutes(-5));
        worker.Start(Guid.CreateVersion7(), "host", "1.0.0", hands: 16, new Pools([Pools.Default]), at);
        worker.Beat(handsInUse: 0, takesWork: true, at);
        await hub.Database(async db =>
        {
            db.Workers.Add(worker);
            return await db.SaveChangesAsync();
        });
        return worker.Name;
    }

    private static async Task<string?> StateAsync(HttpClient client, string name) => (await client.GetAsync("/api/v1/workers").Json()).EnumerateArray()
        .Single(worker => worker.GetProperty("name").GetString() == name).GetProperty("state").GetString();
}
