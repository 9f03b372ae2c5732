using DeployHub.Domain.Deployments;
using DeployHub.Domain.Runs;
using DeployHub.Features.Deployments;
using DeployHub.Web.Pages.Shared;
using DeployHub.Web.Pages.Shared.TagHelpers;

namespace DeployHub.UnitTests.Pages;

public sealed class DrawingStages
{
    private static readonly ListDeployments.StageMark[] Failed =
        [new(Stage.VerifyComponents, StageStatus.Passed), new(Stage.VerifyEnvironment, StageStatus.Passed), new(Stage.Execute, StageStatus.Failed), new(Stage.VerifyDeployment, StageStatus.Pending)];

    [Fact]
    public void Alarms_while_it_is_halted() => Words(Failed, DeploymentStatus.Halted, null).ShouldBe("Passed, Passed, Failed, Not started");

    [Fact]
    public void Alarms_no_more_when_it_was_rolled_back()
    {
        Words(Failed, DeploymentStatus.Completed, Outcome.RolledBack).ShouldBe("Passed, Passed, Rolled back, Not reached");
        States.Strip(Failed, DeploymentStatus.Completed, Outcome.RolledBack).ElementAt(2).State.ShouldBe(MarkState.RolledBack);
    }

    [Fact]
    public void Keeps_saying_that_it_failed_when_it_was_abandoned() => Words(Failed, DeploymentStatus.Completed, Outcome.Failed).ShouldBe("Passed, Passed, Failed, Not reached");

    [Fact]
    public void Shows_nothing_moving_in_a_run_that_a_person_stopped()
    {
        var stopped = Failed.Select(mark => mark.Status is StageStatus.Failed ? mark with { Status = StageStatus.Running } : mark).ToArray();
        Words(stopped, DeploymentStatus.InProgress, null).ShouldBe("Passed, Passed, Running, Not started");
        Words(stopped, DeploymentStatus.Halted, null).ShouldBe("Passed, Passed, Halted, Not started");
        Words(stopped, DeploymentStatus.Completed, Outcome.Failed).ShouldBe("Passed, Passed, Not finished, Not reached");
    }

    [Fact]
    public void Shows_four_stages_before_the_first_run() => Words([], DeploymentStatus.Scheduled, null).ShouldBe("Not started, Not started, Not started, Not started");

    private static string Words(IReadOnlyList<ListDeployments.StageMark> stages, DeploymentStatus status, Outcome? outcome) => string.Join(", ", States.Strip(stages, status, outcome).Select(stage => stage.Word));
}
