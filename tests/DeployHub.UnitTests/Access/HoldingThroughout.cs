using DeployHub.Domain.Access;

namespace DeployHub.UnitTests.Access;

/// <summary>To act, a person needs it for every service of a plan; to be told, for one of them.</summary>
public sealed class HoldingThroughout
{
    private static readonly string[] Both = ["shop", "stock"];

    [Theory]
    [InlineData(true, null)]
    [InlineData(true, "shop", "stock")]
    [InlineData(false, "shop")]
    [InlineData(false, "shop", "mail")]
    public void Whoever_acts_holds_the_right_for_each_of_them(bool may, params string?[] services)
    {
        RoleGrant[] grants = [.. (services ?? [null]).Select(service => new RoleGrant(Role.DeploymentPractitioner, Service: service))];

        grants.MayThroughout(Permission.ResolveHalts, Both, "production").ShouldBe(may);
        grants.RolesThroughout(Both, "production").Contains(Role.DeploymentPractitioner).ShouldBe(may);
    }

    [Fact]
    public void One_role_here_and_another_there_permit_what_both_permit()
    {
        RoleGrant[] grants = [new(Role.DeploymentManager, Service: "shop"), new(Role.DeploymentPractitioner, Service: "stock")];

        grants.MayThroughout(Permission.ResolveHalts, Both, "production").ShouldBeTrue();
        grants.MayThroughout(Permission.Abandon, Both, "production").ShouldBeFalse();
        grants.RolesThroughout(Both, "production").ShouldBeEmpty();
    }

    [Fact]
    public void A_quality_counts_where_it_is_held_for_each_of_them()
    {
        RoleGrant[] grants = [new(Role.Approver, ApproverQuality.ServiceOwner, "shop"), new(Role.Approver, ApproverQuality.ServiceOwner, "stock"), new(Role.Approver, ApproverQuality.Peer, "shop")];

        grants.QualitiesThroughout(Both, "production").ShouldBe([ApproverQuality.ServiceOwner]);
    }

    [Theory]
    [InlineData("shop", null, true), InlineData("stock", "production", true), InlineData("mail", null, false), InlineData("shop", "test", false), InlineData(null, null, true)]
    public void Whoever_is_told_holds_a_role_for_one_of_them(string? service, string? environment, bool isTold) =>
        new RoleGrant(Role.DeploymentManager, Service: service, Environment: environment).ReachesAny(Both, "production").ShouldBe(isTold);

    [Fact]
    public void What_belongs_to_no_service_is_told_to_whoever_holds_it_for_all() =>
        new[] { new RoleGrant(Role.DeploymentManager), new RoleGrant(Role.DeploymentManager, Service: "shop") }.Select(grant => grant.ReachesAny([], "production")).ShouldBe([true, false]);
}
