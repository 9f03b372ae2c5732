using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Deployments;

/// <summary>The strictest of default table, model and environment wins (domain §2.6).</summary>
public sealed class AskingForTheStrictest
{
    private const ApproverQuality Peer = ApproverQuality.Peer, Owner = ApproverQuality.ServiceOwner, Authority = ApproverQuality.ChangeAuthority;

    [Fact]
    public void Nobody_is_asked_twice_for_what_one_source_asks_as_well_as_another()
    {
        Strictest.Of([Peer], []).ShouldBe([Peer]);
        Strictest.Of([Peer], [Owner]).ShouldBe([Owner]);
        Strictest.Of([Peer, Peer], [Owner]).ShouldBe([Owner, Peer]);
        Strictest.Of([Authority, Owner], [Owner, Owner]).ShouldBe([Authority, Owner, Owner]);
        Strictest.Of([Owner], [Authority], [Peer, Peer, Peer]).ShouldBe([Owner, Authority, Peer]);
        Strictest.Of([], []).ShouldBeEmpty();
    }

    [Fact]
    public void What_a_model_asks_for_comes_on_top_and_an_environment_may_be_stricter_still()
    {
        var asking = Given.Plan with { AskedByModel = [Owner, Peer] };

        Asked(Given.Plan, 0).ShouldBe([Peer]);
        Asked(asking, 0).ShouldBe([Owner, Peer]);
        Asked(asking, 3).ShouldBe([Owner, Peer, Peer]);
        Asked(asking with { IsLive = false }, 0).ShouldBe([Owner, Peer]);
        asking.Digest.ShouldBe(Given.Plan.Digest, "The model's digest holds it.");
    }

    private static IEnumerable<ApproverQuality> Asked(Plan plan, int atLeast) => ApprovalPolicy.For(plan, new EnvironmentPolicy(MinimumApprovals: atLeast)).Select(slot => slot.Quality);
}
