using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.IntegrationTests.Steps;

public sealed class ManualWorkExecutorTests : ExecutorContract
{
    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => new ManualWork("Swap the two power units.");

    protected override (StepSettings, string[])? Failing => null;

    protected override (StepSettings, string?)? Endless => null;

    protected override StepSettings Telling => new ManualWork("Enter the code ${secret:planted} at the door.");

    [Fact]
    public async Task A_person_is_asked_with_the_instruction()
    {
        (await VisitAsync(Working)).ShouldBeOfType<StepOutcome.NeedsPerson>();
        Bench.Log.ShouldBe(["Waiting for a person: Swap the two power units."]);
    }
}
