using System.Globalization;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Runs;
using DeployHub.IntegrationTests.Runs;
using DeployHub.UnitTests.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Chaos;

/// <summary>
/// CR-1 to CR-4 under fire: while runs go on over many targets, workers are killed and paused, PostgreSQL is restarted and broken, jobs
/// are deleted. A person answers every halt without ever asking for a second time. Afterwards world and record must agree.
/// <c>DEPLOYHUB_CHAOS_RUNS=200</c> makes it as long as you like; every run of the suite does some of it.
/// </summary>
[Hub.TakesLong(70)]
public sealed class SurvivingChaos(ChaosHub hub, ITestOutputHelper output) : IClassFixture<ChaosHub>
{
    private const int Environments = 10, TargetsOfEach = 4, Lines = 20;
    private static readonly int RunsOfEach = int.Parse(System.Environment.GetEnvironmentVariable("DEPLOYHUB_CHAOS_RUNS") ?? "20", CultureInfo.InvariantCulture) / Environments;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5) + RunsOfEach * TimeSpan.FromSeconds(30);

    private static readonly string Steps = $"""
        {Estate.Script("Beside", "sleep 0.2", "timeout: 1m, afterLoss: RunAgain, together: both")}
        {Estate.Script("Once", $"for i in $(seq {Lines}); do echo line $i; done; echo once ${{deployment.number}}/${{phase.number}} >> journal; sleep 0.1", "timeout: 1m, together: both")}
        {Estate.Script("Again", "sleep 0.1", "timeout: 1m, afterLoss: RunAgain")}
        """;

    [Fact]
    public async Task Whatever_is_killed_no_work_is_lost_and_none_is_done_twice()
    {
        var seed = System.Environment.TickCount;
        var estates = new List<Estate>();
        try
        {
            for (var i = 0; i < Environments; i++) estates.Add(await Estate.RegisterAsync(hub, Steps, TargetsOfEach, batches: 2));
            foreach (var estate in estates)
                for (var i = 0; i < RunsOfEach; i++)
                    await estate.StartAsync(i % 2 == 0 ? "1.0.0" : "1.1.0");

            await using var monkey = new Monkey(hub, new Random(seed));
            await WreakHavocAsync(monkey, estates[0]);
            Npgsql.NpgsqlConnection.ClearAllPools(); // connections from before the last restart
            output.WriteLine($"Seed {seed}: {string.Join(", ", monkey.Deeds.CountBy(deed => deed).Select(deed => $"{deed.Value} × {deed.Key}"))}.");

            await EverythingIsAccountedForAsync(estates);
        }
        finally
        {
            estates.ForEach(estate => estate.Dispose());
        }
    }

    private async Task WreakHavocAsync(Monkey monkey, Estate estate)
    {
        await monkey.StartAsync();
        var start = System.Diagnostics.Stopwatch.StartNew();
        var strikes = Task.CompletedTask;
        while (await RunsLeftAsync() is var left and not 0)
        {
            start.Elapsed.ShouldBeLessThan(Limit, $"{left} runs are still not over after {string.Join(", ", monkey.Deeds)}.");
            if (strikes.IsCompleted)
            {
                await strikes;
                strikes = monkey.StrikeAsync();
            }

            await AnswerHaltsAsync(estate);
            await Task.Delay(500);
        }

        await strikes;
    }

    private async Task<int?> RunsLeftAsync() => await OrNothingAsync(async () => (int?)await hub.Database(db => db.Runs.CountAsync(run => run.EndedAt == null)));

    /// <summary>Back to what was there before, where that can be; else the run ends as it is. Never a retry, which may do work twice.</summary>
    private async Task AnswerHaltsAsync(Estate estate)
    {
        var halted = await OrNothingAsync(() => hub.Database(db => db.Runs.Where(run => run.Status == RunStatus.Halted).Select(run => run.Name).ToListAsync())) ?? [];
        foreach (var run in halted)
            await OrNothingAsync(async () =>
            {
                var manager = await hub.PersonFor(Role.DeploymentManager);
                if ((await estate.ResolveAsync(run, ResolutionChoice.RollBack, manager)).Error is not null) await estate.ResolveAsync(run, ResolutionChoice.Abandon, manager);
                return "answered";
            });
    }

    private static async Task<T?> OrNothingAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (exception is Npgsql.NpgsqlException or InvalidOperationException { InnerException: Npgsql.NpgsqlException } or DbUpdateException or System.Net.Sockets.SocketException)
        {
            return default; // the database is away; asked again soon
        }
    }

    private async Task EverythingIsAccountedForAsync(List<Estate> estates)
    {
        var journal = estates.SelectMany(estate => Enumerable.Range(1, TargetsOfEach).SelectMany(target => estate.Journal($"t-{target}").Select(line => $"{line} on {estate.Name}/t-{target}"))).ToList();
        journal.CountBy(line => line).Where(line => line.Value > 1).ShouldBeEmpty("a step that must not run twice did");

        await hub.Database(async db =>
        {
            var runs = await db.Runs.AsNoTracking().ToListAsync();
            var targetRuns = (await db.TargetRuns.ToListAsync()).ToLookup(targetRun => targetRun.RunId);
            var events = (await db.RunEvents.ToListAsync()).ToLookup(happened => happened.RunId);
            var keys = await db.Environments.ToDictionaryAsync(environment => environment.Id, environment => environment.Key);
            foreach (var run in await db.Runs.ToListAsync())
            {
                events[run.Id].OrderBy(happened => happened.Number).ToList().ShouldFoldTo(run);
                foreach (var targetRun in targetRuns[run.Id].Where(targetRun => targetRun.Stage is Stage.Execute))
                    foreach (var step in targetRun.Steps.Where(step => step is { Name: "Once", Status: StepStatus.Succeeded }))
                    {
                        journal.ShouldContain($"once {run.Name[..run.Name.IndexOf('/', StringComparison.Ordinal)]}/{targetRun.Phase} on {keys[run.EnvironmentId]}/{targetRun.Subject}");
                        (await LinesAsync(db, targetRun.Id.Value, step)).ShouldBe(Lines, $"{run.Name} {targetRun.Subject} lost lines of its log");
                    }
            }

            (await db.TargetRuns.CountAsync(targetRun => targetRun.LeaseUntil != null)).ShouldBe(0, "nobody holds work of runs that are over");
            (await db.EnvironmentLocks.CountAsync()).ShouldBe(0, "locks end with their runs");
            (await db.Deployments.CountAsync(deployment => deployment.Status != DeploymentStatus.Completed)).ShouldBe(0, "deployments end with their runs");
            output.WriteLine(string.Join(", ", runs.CountBy(run => run.Status).Select(status => $"{status.Value} {status.Key}")) + $"; {journal.Count} beginnings in the world.");
            return true;
        });
    }

    private static Task<int> LinesAsync(Features.Data.DeployHubDb db, Guid targetRun, StepRun step) => db.Database.SqlQuery<int>(
        $"select count(distinct text)::int as \"Value\" from log_lines where target_run_id = {targetRun} and step = {step.Number} and attempt = {step.Attempts[^1].Number} and text like 'line %'").SingleAsync();
}
