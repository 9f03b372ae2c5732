using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.UnitTests.Runs;
using DeployHub.Web.Pages.Models;

namespace DeployHub.UnitTests.Pages;

/// <summary>The picture of a run shows all that a run does.</summary>
public sealed class DrawingAModel
{
    [Fact]
    public void What_is_done_once_for_a_phase_stands_with_Execute()
    {
        var model = Given.Model();
        model = model with { Execute = model.Execute with { Switch = [new StepDefinition("Shift the traffic", new Wait("1s"))], Watch = [new StepDefinition("Look at errors", new CheckReachable())] } };

        var lists = Flow.Stages(model).SelectMany(stage => stage.OncePerPhase, (stage, list) => (stage.Title, list.Title, list.Steps[0].Name));
        lists.ShouldBe([("Execute", "then, once for each phase", "Shift the traffic"), ("Execute", "while a phase is observed", "Look at errors")]);
        Flow.Stages(Given.Model()).SelectMany(stage => stage.OncePerPhase).ShouldBeEmpty();
    }
}
