using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Deployments.Deviating;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Deployments;

/// <summary>A plan that leaves the bounds of its model takes a deployment manager's approval (domain §2.7).</summary>
public sealed class LeavingBounds
{
    private static readonly Plan Deviating = Given.Plan with { Parameters = new Dictionary<string, string> { ["batch"] = "40" }, Deviations = [new("batch", "must lie between 1 and 20", "Half is drained.")] };

    [Fact]
    public void Only_a_bound_may_be_left_and_only_with_a_value_of_the_type()
    {
        var bounded = new Parameter("batch", ParameterType.Integer, "10", Mutability.Bounded, "Hosts at a time", "1", "20");

        bounded.BoundLeftBy("40").ShouldBe("must lie between 1 and 20");
        bounded.BoundLeftBy("15").ShouldBeNull();
        bounded.BoundLeftBy("many").ShouldBeNull();
        (bounded with { Mutability = Mutability.Fixed }).BoundLeftBy("40").ShouldBeNull();
        (bounded with { Minimum = null, Maximum = null, Choices = ["10", "20"] }).BoundLeftBy("15").ShouldBe("must be one of 10, 20");
    }

    [Fact]
    public void A_deployment_manager_is_asked_in_every_environment_on_top_of_nobody_twice()
    {
        var live = ApprovalPolicy.For(Deviating, new EnvironmentPolicy());
        live.Single().WhoCould.ShouldBe("a deployment manager who did not plan it");
        live.Single().Because.ShouldBe("The plan leaves what model rolling v1 allows for batch.");
        ApprovalPolicy.For(Deviating with { IsLive = false }, new EnvironmentPolicy()).Single().ByManager.ShouldBeTrue();
        ApprovalPolicy.For(Deviating, new EnvironmentPolicy(), RiskBand.Medium).Count(slot => slot.ByManager).ShouldBe(1);
        ApprovalPolicy.For(Deviating, new EnvironmentPolicy(), RiskBand.Medium).Count.ShouldBe(3);
    }

    [Fact]
    public void Nobody_else_fills_the_slot_and_no_standard_change_deviates()
    {
        var slot = new NeededApproval(ApproverQuality.Peer, ByManager: true);

        ApprovalPolicy.Qualifies(slot, [Role.DeploymentManager], []).ShouldBeTrue();
        ApprovalPolicy.Qualifies(slot, [Role.Approver], [ApproverQuality.ChangeAuthority]).ShouldBeFalse();
        ApprovalPolicy.IsPreAuthorised(Given.Plan with { Category = ChangeCategory.Standard }, RiskBand.Low).ShouldBeTrue();
        ApprovalPolicy.IsPreAuthorised(Deviating with { Category = ChangeCategory.Standard }, RiskBand.Low).ShouldBeFalse();
    }

    [Fact]
    public void The_reason_is_material_and_plans_without_keep_their_digest()
    {
        (Deviating with { Deviations = [new PlannedDeviation("batch", "must lie between 1 and 20", "Another reason.")] }).Digest.ShouldNotBe(Deviating.Digest);
        (Given.Plan with { Deviations = [] }).Digest.ShouldBe(Given.Plan.Digest);
    }
}
