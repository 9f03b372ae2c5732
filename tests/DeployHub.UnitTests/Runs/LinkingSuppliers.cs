using DeployHub.Domain;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>A link for an external technician: which steps it opens, and for how long.</summary>
public sealed class LinkingSuppliers
{
    private static readonly LinkedStep ByHand = new(Stage.Execute, "web-1", 1);
    private static readonly LinkedStep ByWorker = new(Stage.Execute, "web-1", 2);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1), Second = TimeSpan.FromSeconds(1);

    private readonly Run _run = Given.Run(Given.Targets(1), Given.Model("1", "0", new("Swap the disk", new ManualWork("Swap it.")), new("Start", new RunScript(["start"]))));

    [Fact]
    public void A_link_lives_for_a_week_at_most_and_not_until_now()
    {
        LinkTo(7 * Day, ByHand).Error.ShouldBeNull();
        LinkTo(7 * Day + Second, ByHand).Error.ShouldBe(RunErrors.LinkTooLong);
        LinkTo(TimeSpan.Zero, ByHand).Error.ShouldBe(RunErrors.LinkTooLong);
    }

    [Fact]
    public void A_link_opens_steps_that_people_do_and_no_others()
    {
        LinkTo(Day).Error.ShouldBe(RunErrors.LinkWithoutSteps);
        LinkTo(Day, ByWorker).Error.ShouldBe(RunErrors.LinkWithoutSteps);
        LinkTo(Day, ByHand, ByWorker).Error.ShouldBe(RunErrors.LinkWithoutSteps);
        LinkTo(Day, ByHand with { Stage = Stage.VerifyDeployment }).Error.ShouldBe(RunErrors.LinkWithoutSteps, "nobody does that by hand");

        var link = LinkTo(Day, ByHand).Value;
        link.ToActor().Name.ShouldBe("Tara (Rackworks), by link");
        link.Opens(Stage.Execute, "web-1", 1).ShouldBeTrue();
        link.Opens(Stage.Execute, "web-1", 2).ShouldBeFalse();
    }

    [Fact]
    public void A_link_counts_until_it_expires_or_is_revoked()
    {
        var link = LinkTo(Day, ByHand).Value;
        link.IsValid(Given.Now + Day - Second).ShouldBeTrue();
        link.IsValid(Given.Now + Day).ShouldBeFalse();

        link.Revoke(Given.Now).Error.ShouldBeNull();
        link.IsValid(Given.Now).ShouldBeFalse();
    }

    private Result<SupplierLink> LinkTo(TimeSpan life, params LinkedStep[] steps) => SupplierLink.Make(_run, "Tara", "Rackworks", steps, "dhl_token", Given.Now + life, Given.Paul, Given.Now);
}
