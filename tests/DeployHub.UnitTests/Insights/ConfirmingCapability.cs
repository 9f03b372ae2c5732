using DeployHub.Domain.Access;
using DeployHub.Domain.Insights;
using DeployHub.Domain.Models.Measuring;

namespace DeployHub.UnitTests.Insights;

public sealed class ConfirmingCapability
{
    private static readonly Actor Dora = new("dora", "Dora");
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly Proportion None = new(0, 0);
    private static readonly CapabilityFacts Basic = new(12, 1, 2, 3, new Proportion(9, 10), None, None, None, []);

    [Fact]
    public void Without_a_record_nothing_has_begun() =>
        Capability.LevelOf(Capability.EvidenceOf(new CapabilityFacts(0, 1, 1, 3, None, None, None, None, []))).ShouldBe(0);

    [Fact]
    public void A_level_is_reached_when_every_row_up_to_it_holds() => Capability.LevelOf(Capability.EvidenceOf(Basic)).ShouldBe(2);

    [Theory]
    [InlineData(7, 10)] // 70 %
    [InlineData(4, 4)] // too few to tell
    public void A_share_that_is_too_small_or_tells_nothing_does_not_hold(int planned, int of)
    {
        var evidence = Capability.EvidenceOf(Basic with { Planned = new Proportion(planned, of) });
        Capability.LevelOf(evidence).ShouldBe(1);
    }

    [Fact]
    public void Nobody_in_a_role_is_no_basic_set_of_activities() => Capability.LevelOf(Capability.EvidenceOf(Basic with { Practitioners = 0 })).ShouldBe(1);

    [Fact]
    public void What_is_not_recorded_is_told_as_no_data_and_holds_nothing_up()
    {
        var evidence = Capability.EvidenceOf(Basic with { FromModels = new Proportion(10, 10), TestedVersions = new Proportion(2, 2) });
        evidence.Where(row => row.Level == 3).Select(row => row.State).ShouldBe([EvidenceState.Holds, EvidenceState.Holds, EvidenceState.NoData, EvidenceState.NoData]);
        Capability.LevelOf(evidence).ShouldBe(2);
    }

    [Fact]
    public void One_version_that_was_not_tested_is_enough_to_say_so() =>
        Capability.EvidenceOf(Basic with { TestedVersions = new Proportion(2, 3) }).ShouldContain(row => row.State == EvidenceState.DoesNotHold && row.Found == "2 of 3");

    [Fact]
    public void A_person_confirms_what_the_records_show_or_less()
    {
        var evidence = Capability.EvidenceOf(Basic);
        CapabilityConfirmation.Confirm(2, "", evidence, Dora, Now).Value.Level.ShouldBe(2);
        CapabilityConfirmation.Confirm(1, "", evidence, Dora, Now).Value.Evidence.ShouldBe(evidence);

        var refusal = CapabilityConfirmation.Confirm(3, "", evidence, Dora, Now).Error.ShouldNotBeNull();
        refusal.Code.ShouldBe("capability.not-shown");
        refusal.Message.ShouldBe("The records show level 2, not 3: “At least 80 % of live deployments are done from a published model version” is missing (no data).");
    }
}
