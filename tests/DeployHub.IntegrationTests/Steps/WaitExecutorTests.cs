using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.IntegrationTests.Steps;

public sealed class WaitExecutorTests : ExecutorContract
{
    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => new Wait("2h");

    protected override (StepSettings, string[])? Failing => null;

    protected override (StepSettings, string?)? Endless => null;

    protected override StepSettings? Telling => null;

    [Fact]
    public async Task It_asks_to_be_visited_when_the_time_is_over() =>
        (await VisitAsync(Working)).ShouldBeOfType<StepOutcome.StillRunning>().CheckAgainIn.ShouldBeInRange(TimeSpan.FromMinutes(119), TimeSpan.FromHours(2));

    [Fact]
    public async Task Time_that_is_over_is_evidence() => (await SucceedsAsync(new Wait("0s"))).ShouldContainKeyAndValue("Waited", "0s");
}
