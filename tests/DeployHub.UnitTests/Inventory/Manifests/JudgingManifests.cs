using DeployHub.Domain.Inventory.Manifests;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.UnitTests.Inventory.Manifests;

public sealed class JudgingManifests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(ManifestRule.Equal, "5", "5", true)]
    [InlineData(ManifestRule.Equal, "5", "5.0", false)]
    [InlineData(ManifestRule.OneOf, "Internal", "Public, Internal", true)]
    [InlineData(ManifestRule.OneOf, "Secret", "Public, Internal", false)]
    [InlineData(ManifestRule.Matches, "SN-4711", "SN-[0-9]+", true)]
    [InlineData(ManifestRule.Matches, "xSN-4711", "SN-[0-9]+", false)]
    [InlineData(ManifestRule.AtLeast, "60", "60", true)]
    [InlineData(ManifestRule.AtLeast, "59.9", "60", false)]
    [InlineData(ManifestRule.AtLeast, "sixty", "60", false)]
    [InlineData(ManifestRule.AtLeast, "60", "many", false)]
    [InlineData(ManifestRule.AtMost, "3", "3", true)]
    [InlineData(ManifestRule.AtMost, "4", "3", false)]
    [InlineData(ManifestRule.Within, "2.18.1", ">=2.4.1", true)]
    [InlineData(ManifestRule.Within, "2.4.0", ">=2.4.1", false)]
    [InlineData(ManifestRule.Within, "2.4.0", "newest please", false)]
    [InlineData(ManifestRule.Items, "S-2,S-1", "S-1 S-2", true)]
    [InlineData(ManifestRule.Items, "S-1", "S-1 S-2", false)]
    [InlineData(ManifestRule.Reached, "2026-12-01", null, true)]
    [InlineData(ManifestRule.Reached, "2026-12-02", null, false)]
    [InlineData(ManifestRule.Reached, "2026-12-01T23:59:00Z", null, true)]
    [InlineData(ManifestRule.Reached, "1 December", null, false)]
    [InlineData(ManifestRule.NotExpired, "2026-12-01", null, true)]
    [InlineData(ManifestRule.NotExpired, "2026-11-30", null, false)]
    [InlineData(ManifestRule.NotExpired, "2026-12-31", "30d", true)]
    [InlineData(ManifestRule.NotExpired, "2026-12-30", "30d", false)]
    [InlineData(ManifestRule.NotExpired, "2026-12-31", "a month", false)]
    [InlineData(ManifestRule.NotExpired, "9999-12-31", null, true)]
    [InlineData(ManifestRule.NotExpired, "9999-12-31", "30d", true)]
    [InlineData(ManifestRule.Matches, "SN-4711", "SN-[0-9", false)]
    [InlineData(ManifestRule.Matches, "SN-4711", "(?=SN).*", false)]
    public void An_entry_is_what_it_has_to_be_or_not(ManifestRule rule, string value, string? with, bool passes) =>
        (Objection(new("entry", rule, with), ("entry", value)) is null).ShouldBe(passes);

    [Theory]
    [InlineData(ManifestRule.NotExpired, null, "2026-11-01", "shop 5: “entry” was over on 2026-11-01: have it renewed and register a version with the new day.")]
    [InlineData(ManifestRule.NotExpired, "30d", "2026-12-10", "shop 5: “entry” is 2026-12-10, and has to be good for another 30d: have it renewed and register a version with the new day.")]
    [InlineData(ManifestRule.Reached, null, "2027-01-01", "shop 5: “entry” is 2027-01-01, which has not come yet: start the run on that day or later.")]
    [InlineData(ManifestRule.AtLeast, "60", "40", "shop 5: “entry” is 40, and has to be at least 60: register a version that has as much.")]
    [InlineData(ManifestRule.OneOf, "Public, Internal", "Secret", "shop 5: “entry” is “Secret”, and has to be Public or Internal: register a version that is so.")]
    [InlineData(ManifestRule.Matches, "SN-[0-9", "SN-1", "shop 5: “entry” is compared with “SN-[0-9”, which is no pattern: correct the model or the manifest.")]
    [InlineData(ManifestRule.Within, ">=2.4.1", "2.4.0", "shop 5: “entry” is “2.4.0”, and has to be a version within >=2.4.1: register a version that is so.")]
    public void An_objection_names_what_where_and_what_would_do(ManifestRule rule, string? with, string value, string objection) =>
        Objection(new("entry", rule, with), ("entry", value)).ShouldBe(objection);

    [Fact]
    public void What_is_not_said_satisfies_nothing()
    {
        Objection(new("approver", ManifestRule.Matches, ".+")).ShouldBe("shop 5: “approver” is not in the manifest and has to match .+: register a version that says it.");
        Objection(new("approver", ManifestRule.Matches, ".*"), ("approver", " ")).ShouldNotBeNull();
        Objection(new("rows", ManifestRule.Equal, ValueOf: "rows expected"), ("rows", "1")).ShouldBe("shop 5: “rows” has to be what “rows expected” says, and “rows expected” is not in the manifest: register a version that says it.");
    }

    [Fact]
    public void Entries_are_compared_with_each_other()
    {
        var parity = new ManifestExpectation("revision sv", ManifestRule.Equal, ValueOf: "revision en");

        Objection(parity, ("revision sv", "5"), ("revision en", "5")).ShouldBeNull();
        Objection(parity, ("revision sv", "4"), ("revision en", "5")).ShouldBe("shop 5: “revision sv” is “4” where “revision en” is “5”: register a version in which they agree.");
    }

    [Theory]
    [InlineData("1", "S-1 S-2 S-4", null)]
    [InlineData("1", "S-1 S-2", "of “ordered”")]
    [InlineData("50%", "S-1, S-2", null)]
    [InlineData("1", "S-1 S-2 S-3 S-9", "S-9 is not expected")]
    [InlineData("1", "S-1 S-2 S-3 S-3", "S-3 stands there twice")]
    [InlineData("one", "S-1 S-2 S-3 S-4", "neither a count nor a share")]
    public void Of_a_delivery_some_may_be_missing_and_nothing_else_may_differ(string mayMiss, string delivered, string? why)
    {
        var objection = Objection(new("delivered", ManifestRule.Items, ValueOf: "ordered", MayMiss: mayMiss), ("ordered", "S-1; S-2\nS-3,S-4"), ("delivered", delivered));

        if (why is null) objection.ShouldBeNull();
        else objection.ShouldNotBeNull().ShouldContain(why.Replace("of “ordered”", "S-3 and S-4 are missing, 2 of 4 where 1 may be"));
    }

    [Fact]
    public void A_tolerated_delivery_says_what_is_missing() =>
        Judge(new("delivered", ManifestRule.Items, "S-1 S-2 S-3", MayMiss: "1"), ("delivered", "S-1 S-3")).Seen.ShouldBe("2 of 3, S-2 is missing");

    [Fact]
    public void What_is_scanned_is_compared_as_a_list_with_tolerance()
    {
        var serials = new ManualValue("serials", "SN-1, SN-2, SN-3", "SN-[0-9]+", Several: true, MayMiss: "1");

        serials.Matches("SN-1\r\nSN-2").ShouldBeTrue();
        serials.Matches("SN-1 XX-2").ShouldBeFalse();
        serials.DifferenceOf("SN-3\nSN-1").ShouldBeNull();
        serials.DifferenceOf("SN-3\nSN-7").ShouldBe("of serials, SN-1 and SN-2 are missing, 2 of 3 where 1 may be and SN-7 is not expected");
        (serials with { MayMiss = null }).DifferenceOf("SN-3\nSN-1").ShouldBe("of serials, SN-2 is missing");
        new ManualWork("Scan every box.", Values: [serials]).OutputNames.ShouldBeEmpty();
    }

    private static string? Objection(ManifestExpectation expectation, params (string Entry, string Value)[] manifest) => Judge(expectation, manifest).Objection;

    private static ManifestVerdict Judge(ManifestExpectation expectation, params (string Entry, string Value)[] manifest) =>
        new ManifestJudgement("shop 5", manifest.ToDictionary(entry => entry.Entry, entry => entry.Value), Now).Judge([expectation]).Single();
}
