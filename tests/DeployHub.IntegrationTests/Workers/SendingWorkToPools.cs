using System.Net.Http.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Inventory;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Workers;

/// <summary>Targets in a pool, and workers that serve it or do not.</summary>
[Hub.TakesLong(40)]
public sealed class SendingWorkToPools(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task A_target_waits_for_a_worker_of_its_pool_and_the_others_move_on()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", "echo begin >> journal"), targets: 1, batches: 2);
        await estate.RegisterTargetAsync("t-2", new LocalConnection(Directory.CreateDirectory(estate.PlaceOf("t-2")).FullName), "dmz");
        await using var outside = await WorkerAsync("outside", "");
        var run = await estate.StartAsync();

        await TestHub.Until(async () => (await estate.RunAsync(run)).WaitingSentence == "t-2 waits for a worker of pool dmz: none is there that takes work.", "the run says what it waits for");
        await TestHub.Until(async () => (await StatusAsync(estate, run, Stage.VerifyEnvironment, "t-1")) is TargetRunStatus.Succeeded, "the other target is verified");
        (await DueForAsync(run, "default")).ShouldBeFalse("a worker that can do nothing for it must not look at it again and again");
        (await DueForAsync(run, "default", TimeSpan.FromMinutes(1))).ShouldBeTrue("what time alone brings, such as the end of its slot, needs no worker of the pool");
        (await DueForAsync(run, "dmz")).ShouldBeTrue();
        using var browser = await hub.BrowserFor(Role.Auditor);
        (await browser.Read($"/deployments/{run.Replace("/R", "/runs/", StringComparison.Ordinal)}")).ShouldContain("waits for a worker of pool dmz");

        await using var inside = await WorkerAsync("inside", "dmz");
        await estate.ReachesAsync(run, RunStatus.Succeeded); // no sweep: the rings reach the right pool
        foreach (var stage in (Stage[])[Stage.VerifyEnvironment, Stage.Execute, Stage.VerifyDeployment])
        {
            (await WorkerOfAsync(estate, run, stage, "t-1")).ShouldBe("outside");
            (await WorkerOfAsync(estate, run, stage, "t-2")).ShouldBe("inside");
        }
    }

    [Fact]
    public async Task However_fast_work_goes_to_and_fro_between_pools_no_ring_is_lost()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", "true"), targets: 0);
        foreach (var number in Enumerable.Range(0, 10))
            await estate.RegisterTargetAsync($"t-{number}", new LocalConnection(Directory.CreateDirectory(estate.PlaceOf($"t-{number}")).FullName), number % 2 == 0 ? "even" : "odd");
        await using var even = await WorkerAsync("even", "default,even");
        await using var odd = await WorkerAsync("odd", "odd");

        await estate.ReachesAsync(await estate.StartAsync(), RunStatus.Succeeded); // no sweep
    }

    [Fact]
    public async Task Both_doors_tell_and_show_the_pool_of_a_target()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", "true"), targets: 1);
        using var client = await hub.ClientFor(Role.DeploymentManager);
        var address = $"/api/v1/environments/{estate.Name}/targets/t-1";
        (await client.GetAsync(address).Json()).GetProperty("pool").GetString().ShouldBe("default");
        (await client.PutAsJsonAsync(address, new { connection = new { kind = "manual", instructions = "" }, pool = "dmz" })).EnsureSuccessStatusCode();
        (await client.GetAsync(address).Json()).GetProperty("pool").GetString().ShouldBe("dmz");
        (await client.PutAsJsonAsync(address, new { connection = new { kind = "manual", instructions = "" }, pool = "No pool" })).StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);

        using var browser = await hub.BrowserFor(Role.DeploymentManager);
        var page = $"/environments/{estate.Name}/targets/t-1";
        (await browser.Read(page)).ShouldContain(">dmz</a>");
        using var saved = await browser.Submit($"{page}/edit", null, ("Input.Connection.Kind", "Manual"), ("Input.Pool", "lab"));
        (await hub.AsSystem.Send(new ShowTarget(estate.Name, "t-1"))).Done().Pool.ShouldBe("lab");
    }

    private Task<DeployHubProcess> WorkerAsync(string name, string pools) => hub.StartWorkerAsync(
        name, ("DeployHub__Worker__Pools", pools), ("DeployHub__Worker__SweepEvery", "01:00:00"));

    private Task<bool> DueForAsync(string run, string pool, TimeSpan later = default) => hub.Database(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        return (await db.LockDueRunsAsync(DateTimeOffset.UtcNow + later, [], 10, [pool], CancellationToken.None)).Any(due => due.Name == run);
    });

    private static async Task<TargetRunStatus> StatusAsync(Estate estate, string run, Stage stage, string subject) => (await OfAsync(estate, run, stage, subject)).Status;

    private static async Task<string?> WorkerOfAsync(Estate estate, string run, Stage stage, string subject) => (await OfAsync(estate, run, stage, subject)).Worker;

    private static async Task<ShowRun.TargetRunView> OfAsync(Estate estate, string run, Stage stage, string subject) =>
        (await estate.RunAsync(run)).TargetRuns.Single(targetRun => targetRun.Stage == stage && targetRun.Subject == subject);
}
