using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Verifying;

namespace DeployHub.IntegrationTests.Steps;

public sealed class CheckCapacityVerifierTests : ExecutorContract
{
    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => new CheckCapacity(1, 1, "100000", [new DeclaredCapacity("switch ports", "4", "2")]);

    protected override (StepSettings, string[])? Failing => (new CheckCapacity(int.MaxValue, 90_000, Declared: [new DeclaredCapacity("licences", "1", "2.5")]), ["web-1", "Memory MiB", "Processors", "licences 1 where 2.5 is needed"]);

    protected override (StepSettings, string?)? Endless => null;

    protected override StepSettings? Telling => null;

    [Fact]
    public async Task What_is_declared_needs_no_program_and_everything_else_does()
    {
        var declared = new CheckCapacity(Declared: [new DeclaredCapacity("rack units", "3")]);

        (await Bench.VisitAsync(declared, new ManualConnection())).ShouldBeOfType<StepOutcome.Succeeded>().Evidence.ShouldHaveSingleItem().ShouldBe(new Evidence("rack units", "3, at least 1"));
        (await Bench.VisitAsync(declared with { MinimumMemoryMiB = 1 }, new ManualConnection())).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("Memory MiB could not be told");
        PeopleOnly.Is(await Bench.VisitAsync(new CheckCapacity(1), new ManualConnection())).ShouldBeTrue();
        (await FailsAsync(declared with { Declared = [new DeclaredCapacity("rack units", "0")] })).Cause.ShouldBe(HaltCause.CapacityLow);
        (await VisitAsync(declared with { Declared = [new DeclaredCapacity("rack units", "some")] })).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("rack units could not be told");
    }
}
