using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Verifying;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>It only looks; how each kind of fact is read, and what a difference means, is tested elsewhere.</summary>
public sealed class CheckChangesVerifierTests : ExecutorContract
{
    private static readonly WatchedFact Notes = new(FactKind.File, "notes");

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => new CheckChanges([Notes, new(FactKind.Component, "shop-web", "current")], ["file notes"]);

    protected override (StepSettings, string[])? Failing => null;

    protected override (StepSettings, string?)? Endless => null;

    protected override StepSettings? Telling => null;

    [Fact]
    public async Task What_became_the_same_when_it_was_filled_in_is_read_once()
    {
        await File.WriteAllTextAsync(Bench.OnTarget("notes"), "a");

        (await VisitAsync(new CheckChanges([Notes, Notes]))).ShouldBeOfType<StepOutcome.Observed>().Facts.ShouldHaveSingleItem().Value!.ShouldStartWith("sha256:");
        (await VisitAsync(new CheckChanges([new(FactKind.Port, "http")]))).ShouldBeOfType<StepOutcome.Failed>().Reason.ShouldBe("The port http cannot be looked at: A port is a number from 1 to 65535.");
    }

    [Fact]
    public async Task Where_nothing_is_named_or_only_people_come_it_is_no_pass()
    {
        (await VisitAsync(new CheckChanges())).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("name facts in the step");
        PeopleOnly.Is(await Bench.VisitAsync(Working, new ManualConnection())).ShouldBeTrue();
    }
}
