using DeployHub.Domain.Runs;
using DeployHub.IntegrationTests.Hub;
using Npgsql;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>
/// CR-1, CR-2 and CR-3 with real worker processes on one database: whatever dies, no step is lost and none runs twice unnoticed.
/// </summary>
[Hub.TakesLong(200)]
public sealed class LosingProcesses(TestHub hub) : IClassFixture<TestHub>
{
    private const string Slow = "echo begin >> journal; sleep 2; echo end >> journal";

    [Fact]
    public async Task A_killed_worker_s_step_that_must_not_run_twice_is_asked_about()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", Slow));
        var run = await StartAndKillAsync(estate);
        await TestHub.Until(async () => (await estate.RunAsync(run)).WaitingSentence?.StartsWith("The worker first has been silent since ", StringComparison.Ordinal) is true, "the run says who is silent");

        await using var second = await WorkerAsync("second");
        await estate.ReachesAsync(run, RunStatus.Halted);
        Begins(estate, "t-1").ShouldBe(1);
        (await estate.RunAsync(run)).OpenHalt!.Cause.ShouldBe(HaltCause.WorkerLost);

        (await estate.ResolveAsync(run, ResolutionChoice.Retry)).Done();
        await estate.ReachesAsync(run, RunStatus.Succeeded);
        await EveryBeginningIsRecordedAsync(estate, run);
    }

    [Fact]
    public async Task Of_steps_that_run_together_each_that_a_killed_worker_had_is_treated_as_it_says()
    {
        using var estate = await Estate.RegisterAsync(
            hub, $"{Estate.Script("Switch", Slow, "timeout: 1m, together: both")}\n{Estate.Script("Warm up", "echo warm >> journal; sleep 2", "timeout: 1m, together: both, afterLoss: RunAgain")}", targets: 1);
        var run = await StartAndKillAsync(estate, lines: 2);

        await using var second = await WorkerAsync("second");
        await estate.ReachesAsync(run, RunStatus.Halted);
        var halted = await estate.RunAsync(run);
        (halted.OpenHalt!.Cause, halted.OpenHalt.Step).ShouldBe((HaltCause.WorkerLost, "Switch"));
        halted.TargetRuns.Single(targetRun => targetRun.Stage is Stage.Execute).Steps.Select(step => step.Status).ShouldBe([StepStatus.Succeeded, StepStatus.Unknown, StepStatus.Pending]);
        Begins(estate, "t-1").ShouldBe(1);
        estate.Journal("t-1").Count(line => line == "warm").ShouldBe(1, "nothing begins before somebody has answered");

        (await estate.ResolveAsync(run, ResolutionChoice.Retry)).Done();
        await estate.ReachesAsync(run, RunStatus.Succeeded);
        estate.Journal("t-1").CountBy(line => line).Where(line => line.Key != "end").ShouldBe([new("begin", 2), new("warm", 2)], ignoreOrder: true);
        await EveryBeginningIsRecordedAsync(estate, run);
    }

    [Fact]
    public async Task Losing_every_job_delays_a_run_by_no_more_than_the_sweep()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", "echo begin >> journal"));
        var run = await estate.StartAsync();
        await DeleteEveryJobAsync();

        await using var worker = await WorkerAsync("sweeping");
        await estate.ReachesAsync(run, RunStatus.Succeeded, seconds: 20);
        estate.Journal("t-2").ShouldBe(["begin"]);
    }

    [Fact]
    public async Task Deleting_every_job_in_the_middle_of_a_run_loses_nothing()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", Slow));
        await using var worker = await WorkerAsync("alone");
        var run = await estate.StartAsync();
        await TestHub.Until(() => Task.FromResult(estate.Journal("t-1").Length > 0), "the first target changes");
        await DeleteEveryJobAsync();

        await estate.ReachesAsync(run, RunStatus.Succeeded, seconds: 20);
        estate.Journal("t-2").ShouldBe(["begin", "end"]);
    }

    [Fact]
    public async Task A_worker_that_is_told_to_stop_lets_its_step_end_and_another_goes_on()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", Slow));
        await using var first = await WorkerAsync("first");
        var run = await estate.StartAsync();
        await TestHub.Until(() => Task.FromResult(estate.Journal("t-1").Length > 0), "the first target changes");
        (await first.TerminateAsync()).ShouldBe(0);

        await using var second = await WorkerAsync("second");
        await estate.ReachesAsync(run, RunStatus.Succeeded);
        estate.Journal("t-1").ShouldBe(["begin", "end"]);
        estate.Journal("t-2").ShouldBe(["begin", "end"]);
    }

    [Fact]
    public async Task A_paused_worker_that_wakes_up_late_changes_nothing()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", Slow, "timeout: 1m, afterLoss: RunAgain"));
        await using var first = await WorkerAsync("first");
        var run = await estate.StartAsync();
        await TestHub.Until(() => Task.FromResult(estate.Journal("t-1").Length > 0), "the first target changes");
        await first.SignalAsync("STOP");

        await using var second = await WorkerAsync("second");
        await estate.ReachesAsync(run, RunStatus.Succeeded);
        var before = await estate.RunAsync(run);
        await first.SignalAsync("CONT");
        (await first.TerminateAsync()).ShouldBe(0); // it reported what it had in hand, or nobody listened

        var after = await estate.RunAsync(run);
        after.TargetRuns.SelectMany(targetRun => targetRun.Steps.Select(step => (step.Status, step.Attempts.Count)))
            .ShouldBe(before.TargetRuns.SelectMany(targetRun => targetRun.Steps.Select(step => (step.Status, step.Attempts.Count))));
        after.TargetRuns.Single(targetRun => targetRun is { Stage: Stage.Execute, Subject: "t-1" }).Worker.ShouldBe("second");
        await EveryBeginningIsRecordedAsync(estate, run);
    }

    [Fact]
    public async Task Two_workers_never_do_the_same_step()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", "echo begin >> journal"), targets: 8);
        await using var first = await WorkerAsync("first");
        await using var second = await WorkerAsync("second");

        for (var round = 0; round < 3; round++) await estate.ReachesAsync(await estate.StartAsync(round % 2 == 0 ? "1.0.0" : "1.1.0"), RunStatus.Succeeded);

        Enumerable.Range(1, 8).ShouldAllBe(target => estate.Journal($"t-{target}").Length == 3);
    }

    private async Task<string> StartAndKillAsync(Estate estate, int lines = 1)
    {
        await using var worker = await WorkerAsync("first");
        var run = await estate.StartAsync();
        await TestHub.Until(() => Task.FromResult(estate.Journal("t-1").Length >= lines), "the first target changes");
        worker.Kill();
        await worker.EndAsync();
        return run;
    }

    /// <summary>The record knows of everything that began in the world; only what was lost may have never begun.</summary>
    private static async Task EveryBeginningIsRecordedAsync(Estate estate, string run)
    {
        var view = await estate.RunAsync(run);
        foreach (var target in view.TargetRuns.Where(targetRun => targetRun.Stage is Stage.Execute))
        {
            var attempts = target.Steps.Single(step => step.Name == "Switch").Attempts.Where(attempt => !attempt.IsProbe).ToList();
            Begins(estate, target.Subject).ShouldBeInRange(attempts.Count(attempt => !attempt.WasLost), attempts.Count, target.Subject);
        }
    }

    private static int Begins(Estate estate, string target) => estate.Journal(target).Count(line => line == "begin");

    private Task<DeployHubProcess> WorkerAsync(string name) => hub.StartWorkerAsync(name);

    private async Task DeleteEveryJobAsync()
    {
        await using var connection = new NpgsqlConnection(hub.ConnectionString);
        await connection.OpenAsync();
        await using var delete = new NpgsqlCommand("delete from hangfire.jobqueue; delete from hangfire.job", connection);
        await delete.ExecuteNonQueryAsync();
    }
}
