using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>A run has one operator; another practitioner may become it while the run goes on.</summary>
public sealed class TakingOver
{
    [Fact]
    public void Another_practitioner_takes_over()
    {
        var targets = Given.Targets(1);
        var simulation = new Simulation(Given.Run(targets), targets, (_, _) => StepOutcome.Succeeded.Plain);

        simulation.Run.TakeOver(Given.Paul, simulation.Now).Error.ShouldBe(RunErrors.AlreadyOperator);
        simulation.Run.TakeOver(Given.Dora, simulation.Now).Error.ShouldBeNull();
        simulation.Run.Operator.ShouldBe(Given.Dora);
        simulation.Run.TakeNewEvents().ShouldHaveSingleItem().Text.ShouldBe("Dora took over from Paul.");
        simulation.Work().Run.TakeOver(Given.Paul, simulation.Now).Error.ShouldBe(RunErrors.RunIsOver);
    }
}
