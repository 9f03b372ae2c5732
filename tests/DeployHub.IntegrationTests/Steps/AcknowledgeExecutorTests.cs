using DeployHub.Domain.Models.Steps;

namespace DeployHub.IntegrationTests.Steps;

public sealed class AcknowledgeExecutorTests : ExecutorContract
{
    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => new Acknowledge("I know whom to call at night.", ["Stakeholder", "ana@demo.deployhub"], "95%", "https://wiki.example/night");

    protected override (StepSettings, string[])? Failing => null;

    protected override (StepSettings, string?)? Endless => null;

    protected override StepSettings? Telling => null;
}
