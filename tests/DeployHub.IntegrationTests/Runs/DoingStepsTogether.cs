using DeployHub.Domain.Runs;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>Steps that run together in a real worker process, of which none could come to its end without the other.</summary>
public sealed class DoingStepsTogether(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task Each_goes_on_while_another_runs_and_is_tried_again_meanwhile()
    {
        using var estate = await Estate.RegisterAsync(
            hub,
            $"""
            {Estate.Script("Lead", "touch led; until [ -e followed ]; do sleep 0.1; done; echo led >> journal", "timeout: 1m, together: pair")}
            {Estate.Script("Follow", "until [ -e led ]; do sleep 0.1; done; if [ -e tried ]; then touch followed; else touch tried; exit 1; fi", "timeout: 1m, together: pair, retries: 1, afterLoss: RunAgain")}
            - {"{ name: Let it settle, uses: wait, with: { for: 1s }, together: pair }"}
            {Estate.Script("Say so", "echo after >> journal")}
            """,
            targets: 1);
        await using var worker = await hub.StartWorkerAsync("pair", ("DeployHub__Worker__Hands", "1"));

        var run = await estate.StartAsync();
        await estate.ReachesAsync(run, RunStatus.Succeeded);

        var work = (await estate.RunAsync(run)).TargetRuns.Single(targetRun => targetRun.Stage is Stage.Execute);
        estate.Journal("t-1").ShouldBe(["led", "after"]);
        work.Steps.Select(step => step.Group).ShouldBe([null, 2, 2, 2, null]);
        var (lead, follow) = (work.Steps[1].Attempts.ShouldHaveSingleItem(), work.Steps[2].Attempts);
        follow.Select(attempt => attempt.Outcome is StepOutcome.Succeeded).ShouldBe([false, true]);
        follow[1].BeganAt.ShouldBeLessThan(lead.EndedAt!.Value, "nobody else could have taken it up");
        work.Steps[4].Attempts.Single().BeganAt.ShouldBeGreaterThanOrEqualTo(work.Steps.Skip(1).Take(3).Max(step => step.Attempts[^1].EndedAt!.Value));
    }
}
