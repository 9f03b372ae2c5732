using DeployHub.Domain.Access;

namespace DeployHub.UnitTests.Access;

/// <summary>A skill that somebody has shown, for a time and a place (domain §4.1).</summary>
public sealed class BeingQualified
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 10, 0, 0, TimeSpan.Zero);
    private static readonly Actor Dora = new("dora", "Dora"), Paul = new("paul", "Paul");

    [Theory]
    [InlineData("2026-11-29T23:59:59Z", false)]
    [InlineData("2026-11-30T00:00:00Z", true)]
    [InlineData("2026-12-31T23:59:59Z", true)]
    [InlineData("2027-01-01T00:00:00Z", false)]
    [InlineData("2027-01-01T00:30:00+01:00", true)]
    public void Counts_from_its_first_day_to_its_last(string at, bool counts) =>
        Given().Counts(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(counts);

    [Fact]
    public void Counts_where_it_was_shown()
    {
        Given().IsOf("rack-hardware", "production").ShouldBeTrue();
        Given("production").IsOf("rack-hardware", "production").ShouldBeTrue();
        Given("production").IsOf("rack-hardware", "staging").ShouldBeFalse();
        Given().IsOf("blue-green", "production").ShouldBeFalse();
    }

    [Fact]
    public void Is_ended_and_never_taken_back()
    {
        var held = Given();
        held.End("The certificate was withdrawn.", Dora, Now.AddDays(1)).Error.ShouldBeNull();

        held.Counts(Now.AddDays(2)).ShouldBeFalse();
        (held.EndedBy, held.EndReason).ShouldBe((Dora, "The certificate was withdrawn."));
        held.End("Again.", Dora, Now.AddDays(2)).Error.ShouldBe(QualificationErrors.EndedAlready);
    }

    [Fact]
    public void Nobody_says_it_of_themselves() =>
        Qualification.Give("dora", "rack-hardware", null, Day(0), null, "I know.", "I know.", Dora, Now).Error.ShouldBe(QualificationErrors.Own);

    [Fact]
    public void Ends_after_it_begins_and_not_before_today()
    {
        Give(Day(3), Day(2)).ShouldBe(QualificationErrors.EndsBefore);
        Give(Day(-3), Day(-1)).ShouldBe(QualificationErrors.OverAlready);
        Give(Day(-3), Day(0)).ShouldBeNull();

        static Domain.Error? Give(DateOnly since, DateOnly? until) => Qualification.Give(Paul.Id, "rack-hardware", null, since, until, "Certificate 4711", "Took the course.", Dora, Now).Error;
    }

    [Theory]
    [InlineData("rack-hardware", true)]
    [InlineData("dc2.access", true)]
    [InlineData("", false)]
    [InlineData("Rack", false)]
    [InlineData("rack hardware", false)]
    [InlineData("-rack", false)]
    public void A_skill_has_a_name_that_models_can_write(string skill, bool isOne) => Qualification.IsSkill(skill).ShouldBe(isOne);

    private static Qualification Given(string? environment = null) =>
        Qualification.Give(Paul.Id, "rack-hardware", environment, Day(0), new DateOnly(2026, 12, 31), "Certificate 4711", "Took the course.", Dora, Now).Value;

    private static DateOnly Day(int from) => DateOnly.FromDateTime(Now.UtcDateTime).AddDays(from);
}
