using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Workers;
using DeployHub.Features.Workers;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Workers;

/// <summary>The registry and draining, with real worker processes.</summary>
[Hub.TakesLong(155)]
public sealed class DrainingWorkers(TestHub hub) : IClassFixture<TestHub>
{
    private const string WaitsForGo = "echo begin >> journal; while [ ! -e go ]; do sleep 0.05; done; echo end >> journal";

    [Fact]
    public async Task A_worker_enters_itself_says_goodbye_and_when_killed_falls_silent()
    {
        var (polite, killed) = (TestHub.Unique("polite"), TestHub.Unique("killed"));
        await using (await WorkerAsync(polite)) await IsAsync(polite, WorkerState.Idle);
        (await WorkerOfAsync(polite)).State.ShouldBe(WorkerState.Stopped);

        await using var worker = await WorkerAsync(killed);
        await IsAsync(killed, WorkerState.Idle);
        var row = await WorkerOfAsync(killed);
        (row.Hands, row.Host, row.DrainingSince).ShouldBe((16, System.Environment.MachineName.ToLowerInvariant(), null));
        row.ProductVersion.ShouldNotBeEmpty();

        worker.Kill();
        await worker.EndAsync();
        await IsAsync(killed, WorkerState.Silent, seconds: 30);
    }

    [Fact]
    public async Task A_draining_worker_finishes_what_it_has_and_takes_nothing_new_while_another_does()
    {
        using var estate = await Estate.RegisterAsync(hub, $"{Estate.Script("Switch", WaitsForGo)}\n{Estate.Script("Tidy", "echo tidy >> journal")}", batches: 2);
        var (first, second) = (TestHub.Unique("first"), TestHub.Unique("second"));
        await using var one = await WorkerAsync(first);
        var run = await estate.StartAsync();
        await TestHub.Until(() => Task.FromResult(estate.Journal("t-1").Length > 0 && estate.Journal("t-2").Length > 0), "both targets change");
        (await WorkerOfAsync(first)).Holds.Select(held => (held.Run, held.Stage, held.Subject)).ShouldBe([(run, Stage.Execute, "t-1"), (run, Stage.Execute, "t-2")]);

        (await hub.As(Role.Administrator).Send(new DrainWorker(first))).Done();
        await TestHub.Until(() => hub.Database(async db => !(await db.Workers.FindAsync(first))!.TakesWork), "it knows that it is drained");
        (await WorkerOfAsync(first)).State.ShouldBe(WorkerState.Draining);
        await using var two = await WorkerAsync(second);
        foreach (var target in (string[])["t-1", "t-2"]) await File.WriteAllTextAsync(Path.Combine(estate.PlaceOf(target), "go"), "");

        await IsAsync(first, WorkerState.Drained);
        await estate.ReachesAsync(run, RunStatus.Succeeded);
        (await WorkersOfAsync(estate, run, Stage.Execute)).ShouldBe([first, first], "what was begun is finished, with every step of it");
        (await WorkersOfAsync(estate, run, Stage.VerifyDeployment)).ShouldBe([second, second]);

        var next = await estate.StartAsync("1.1.0");
        await estate.ReachesAsync(next, RunStatus.Succeeded);
        foreach (var stage in Enum.GetValues<Stage>()) (await WorkersOfAsync(estate, next, stage)).ShouldAllBe(worker => worker == second);

        (await hub.As(Role.DeploymentManager).Send(new ResumeWorker(first))).Done();
        (await two.TerminateAsync()).ShouldBe(0);
        var last = await estate.StartAsync();
        await estate.ReachesAsync(last, RunStatus.Succeeded);
        foreach (var stage in Enum.GetValues<Stage>()) (await WorkersOfAsync(estate, last, stage)).ShouldAllBe(worker => worker == first);
    }

    [Fact]
    public async Task A_worker_that_starts_again_under_its_name_is_still_drained()
    {
        var name = TestHub.Unique("again");
        await using (await WorkerAsync(name))
        {
            await IsAsync(name, WorkerState.Idle);
            (await hub.As(Role.DeploymentManager).Send(new DrainWorker(name))).Done();
            await IsAsync(name, WorkerState.Drained);
        }

        await using var again = await WorkerAsync(name);
        await IsAsync(name, WorkerState.Drained);
    }

    [Fact]
    public async Task A_worker_whose_hands_are_full_passes_the_ring_on_to_one_that_is_idle()
    {
        using var busy = await Estate.RegisterAsync(hub, Estate.Script("Switch", WaitsForGo), targets: 1);
        using var quick = await Estate.RegisterAsync(hub, Estate.Script("Switch", "echo begin >> journal"), targets: 1);
        var (full, idle) = (TestHub.Unique("full"), TestHub.Unique("idle"));
        await using var two = await WorkerAsync(idle, ("DeployHub__Worker__SweepEvery", "01:00:00"));
        await quick.ReachesAsync(await quick.StartAsync(), RunStatus.Succeeded); // it has done everything once, and is quick from now on
        (await hub.As(Role.Administrator).Send(new DrainWorker(idle))).Done();
        await IsAsync(idle, WorkerState.Drained);

        await using var one = await WorkerAsync(full, ("DeployHub__Worker__Hands", "1"), ("DeployHub__Worker__SweepEvery", "01:00:00"));
        var waiting = await busy.StartAsync();
        await TestHub.Until(() => Task.FromResult(busy.Journal("t-1").Length > 0), "the only hand is in use", seconds: 30);
        (await hub.As(Role.Administrator).Send(new ResumeWorker(idle))).Done();
        await IsAsync(idle, WorkerState.Idle);
        await TestHub.Until(() => hub.Database(async db => (await db.Workers.FindAsync(idle))!.TakesWork), "it takes work again");

        await quick.ReachesAsync(await quick.StartAsync("1.1.0"), RunStatus.Succeeded, seconds: 8); // a full worker keeps a ring for ten
        await File.WriteAllTextAsync(Path.Combine(busy.PlaceOf("t-1"), "go"), "");
        await busy.ReachesAsync(waiting, RunStatus.Succeeded);
    }

    private Task<DeployHubProcess> WorkerAsync(string name, params (string, string)[] settings) => hub.StartWorkerAsync(name, [("DeployHub__Worker__BeatEvery", "00:00:01"), .. settings]);

    private async Task<ListWorkers.Row> WorkerOfAsync(string name) => (await hub.AsSystem.Send(new ListWorkers())).Single(worker => worker.Name == name);

    private Task IsAsync(string name, WorkerState state, int seconds = 20) =>
        TestHub.Until(async () => (await hub.AsSystem.Send(new ListWorkers())).Any(worker => worker.Name == name && worker.State == state), $"{name} is {state}", seconds);

    private static async Task<IEnumerable<string>> WorkersOfAsync(Estate estate, string run, Stage stage) =>
        (await estate.RunAsync(run)).TargetRuns.Where(targetRun => targetRun.Stage == stage).Select(targetRun => targetRun.Steps.SelectMany(step => step.Attempts).Select(attempt => attempt.Worker).Distinct().Single());
}
