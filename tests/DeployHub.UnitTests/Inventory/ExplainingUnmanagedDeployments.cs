using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;

namespace DeployHub.UnitTests.Inventory;

/// <summary>A version change that no run had caused keeps its record, until somebody says how it came about (domain §1.3, §2.3.5).</summary>
public sealed class ExplainingUnmanagedDeployments
{
    private static readonly Actor Olga = new("olga", "Olga");
    private static readonly DateTimeOffset At = new(2026, 11, 29, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Follows_the_specification_and_nothing_else() => UnmanagedMoves.Table.Select(move => $"{move.From} {move.On} {move.To}").ShouldBe(
        ["Unmanaged NameRun ExplainedByRun", "Unmanaged NameVersion ExplainedByVersion", "Unmanaged SayItIsGone ExplainedAndGone", "Unmanaged Dismiss FalsePositive"], ignoreOrder: true);

    [Theory]
    [InlineData(true, false, UnmanagedStatus.ExplainedByVersion)]
    [InlineData(true, true, UnmanagedStatus.ExplainedByVersion)]
    [InlineData(false, true, UnmanagedStatus.ExplainedAndGone)]
    public void A_change_explains_what_is_registered_or_gone(bool isRegistered, bool isGone, UnmanagedStatus status)
    {
        var record = Record(Found());

        record.ExplainByChange("Hotfix", "INC-70", isRegistered, isGone, "shop-web", Olga, At).Error.ShouldBeNull();

        (record.Status, record.Explanation).ShouldBe((status, new Explanation("Hotfix", "INC-70", null, Olga, At)));
        record.ExplainByRun("DEP-2026-000001/R1", "After all", Olga, At).Error!.Code.ShouldBe("unmanaged-deployment.cannot-move");
    }

    [Fact]
    public void What_nobody_registered_and_is_still_there_is_not_explained_and_a_change_has_to_be_named()
    {
        var record = Record(Found());

        record.ExplainByChange("Hotfix", "INC-70", false, false, "shop-web", Olga, At).Error!.Message.ShouldStartWith("shop-web 2.4-hotfix is no registered version");
        record.ExplainByChange("Hotfix", " ", true, true, "shop-web", Olga, At).Error.ShouldBe(UnmanagedErrors.ChangeMissing);
        record.Status.ShouldBe(UnmanagedStatus.Unmanaged);
    }

    [Fact]
    public void What_the_owner_accepts_on_one_target_is_explained_for_all()
    {
        var (item, other) = (Found(), Found());
        var record = Record(item);
        TargetBaseline.Of(item.TargetId).Accept(item, "Security patch", "CHG-305", Olga, At).Error.ShouldBeNull();

        record.Follow([other, item]);

        (record.Status, record.Explanation).ShouldBe((UnmanagedStatus.ExplainedByVersion, new Explanation("Security patch", "CHG-305", null, Olga, At)));
    }

    [Fact]
    public void A_false_alarm_ends_it_only_when_all_of_it_is_one()
    {
        var (item, other) = (Found(), Found());
        var record = Record(item);
        TargetBaseline.Of(item.TargetId).Dismiss(item, "Both spell the same", Olga, true, At).Error.ShouldBeNull();
        record.Follow([item, other]);
        record.Status.ShouldBe(UnmanagedStatus.Unmanaged);

        TargetBaseline.Of(other.TargetId).Dismiss(other, "Both spell the same", Olga, true, At).Error.ShouldBeNull();
        record.Follow([item, other]);
        record.Status.ShouldBe(UnmanagedStatus.FalsePositive);
    }

    [Fact]
    public void What_was_only_put_right_still_has_to_be_explained_and_a_run_may_turn_out_to_have_done_it()
    {
        var item = Found();
        var record = Record(item);
        TargetBaseline.Of(item.TargetId).Correct(item, "Installed 2.4 again", Olga, At).Error.ShouldBeNull();
        record.Follow([item]);
        record.Status.ShouldBe(UnmanagedStatus.Unmanaged);

        var late = Found();
        var other = Record(late);
        late.Deployed("2.4-hotfix", "DEP-2026-000007/R1", At);
        other.Follow([late]);
        (other.Status, other.Explanation!.Reason).ShouldBe((UnmanagedStatus.ExplainedByRun, "DEP-2026-000007/R1 changed it to 2.4-hotfix."));
    }

    private static UnmanagedDeployment Record(DriftItem item) => UnmanagedDeployment.Record("UNM-2026-000017", EnvironmentId.New(), ComponentId.New(), item, Olga, At);

    private static DriftItem Found() => DriftItem.Detect(TargetId.New(), new WatchedFact(FactKind.Component, "shop-web", "current"), "2.4", "2.4-hotfix", "drift scan", At);
}
