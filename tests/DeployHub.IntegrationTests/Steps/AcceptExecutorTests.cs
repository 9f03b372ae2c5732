using DeployHub.Domain.Models.Steps;

namespace DeployHub.IntegrationTests.Steps;

public sealed class AcceptExecutorTests : ExecutorContract
{
    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => new Accept("The shop works as it has to.", ["Prices are with tax"], ["Stakeholder", "ana@demo.deployhub"], "1", "https://wiki.example/acceptance");

    protected override (StepSettings, string[])? Failing => null;

    protected override (StepSettings, string?)? Endless => null;

    protected override StepSettings? Telling => null;
}
