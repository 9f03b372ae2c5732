using DeployHub.Domain.Models.Steps;

namespace DeployHub.IntegrationTests.Steps;

public sealed class AwaitPullExecutorTests : ExecutorContract
{
    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => new AwaitPull();

    protected override (StepSettings, string[])? Failing => null;

    protected override (StepSettings, string?)? Endless => null;

    protected override StepSettings? Telling => null;
}
