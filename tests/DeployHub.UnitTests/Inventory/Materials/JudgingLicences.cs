using DeployHub.Domain.Inventory.Materials;

namespace DeployHub.UnitTests.Inventory.Materials;

public sealed class JudgingLicences
{
    [Theory]
    [InlineData("MIT")]
    [InlineData("MIT OR Apache-2.0 AND BSD-3-Clause")]
    [InlineData("GPL-2.0-only WITH Classpath-exception-2.0")]
    [InlineData("(MIT OR Apache-2.0) AND GPL-2.0+")]
    [InlineData("LicenseRef-ours")]
    public void Expressions_are_read_and_written_again(string text) => LicenceExpression.Parse(text).Value.ToString().ShouldBe(text);

    [Theory]
    [InlineData("")]
    [InlineData("MIT AND")]
    [InlineData("OR MIT")]
    [InlineData("(MIT")]
    [InlineData("MIT)")]
    [InlineData("MIT Apache-2.0")]
    [InlineData("GPL-2.0-only WITH")]
    [InlineData("MIT \ud83d")]
    public void What_is_none_is_refused(string text) => LicenceExpression.Parse(text).Error.ShouldNotBeNull().Code.ShouldBe("licence.malformed");

    [Fact]
    public void Absurd_depth_and_length_are_refused()
    {
        LicenceExpression.Parse($"{new string('(', 10_000)}MIT").Error.ShouldNotBeNull();
        LicenceExpression.Parse(string.Join(" OR ", Enumerable.Repeat("MIT", 10_000))).Error.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("MIT", "MIT,Apache-2.0", "", true)]
    [InlineData("mit", "MIT", "", true)]
    [InlineData("GPL-3.0-only", "MIT", "", false)]
    [InlineData("MIT OR GPL-3.0-only", "MIT", "", true)]
    [InlineData("MIT AND GPL-3.0-only", "MIT", "", false)]
    [InlineData("AGPL-3.0-or-later", "", "AGPL-*", false)]
    [InlineData("AGPL-3.0-only OR MIT", "", "AGPL-*", true)]
    [InlineData("GPL-2.0", "", "GPL-2.0-only", false)]
    [InlineData("GPL-2.0+", "", "GPL-2.0-or-later", false)]
    [InlineData("GPL-2.0-only WITH Classpath-exception-2.0", "", "GPL-*", false)]
    [InlineData("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0", "GPL-*", true)]
    [InlineData("Apache-2.0 WITH LLVM-exception", "Apache-2.0", "", true)]
    [InlineData("Our own licence, version 2", "MIT", "", false)]
    [InlineData("Our own licence, version 2", "Our own*", "", true)]
    [InlineData("MIT", "", "", true)]
    public void A_policy_allows_and_denies(string licence, string allowed, string denied, bool isFine)
    {
        var policy = new LicencePolicy(Split(allowed), Split(denied));
        var component = new BomComponent("library", "core", "1", null, [BomLicence.OfExpression(licence)], []);

        var breach = policy.Breach(component);

        (breach is null).ShouldBe(isFine, breach);
        if (breach is not null) breach.ShouldStartWith($"core 1 has the licence {licence}");
    }

    [Fact]
    public void To_say_no_licence_is_a_breach_only_where_licences_are_listed()
    {
        var silent = new BomComponent("library", "core", "1", null, [], []);
        new LicencePolicy(["MIT"], []).Breach(silent).ShouldNotBeNull().ShouldContain("says no licence");
        new LicencePolicy([], ["AGPL-*"]).Breach(silent).ShouldBeNull();
    }

    [Theory]
    [InlineData("MIT / AGPL-3.0-only", "AGPL-*", true)]
    [InlineData("MIT / AGPL-3.0-only", "", false)]
    [InlineData("MIT OR AGPL-3.0-only", "AGPL-*", false)]
    public void What_cannot_be_read_may_be_denied(string licence, string denied, bool isUnclear) =>
        (new LicencePolicy([], Split(denied)).Unclear(new BomComponent("library", "core", "1", null, [BomLicence.OfExpression(licence)], [])) is not null).ShouldBe(isUnclear);

    [Fact]
    public void A_name_of_a_licence_is_no_expression_but_may_hold_one()
    {
        var policy = new LicencePolicy([], ["AGPL-*"]);
        BomComponent Named(string name) => new("library", "core", "1", null, [BomLicence.OfName(name)], []);

        policy.Unclear(Named("Our own licence")).ShouldBeNull();
        policy.Breach(Named("MIT AND AGPL-3.0-only")).ShouldNotBeNull().ShouldContain("AGPL-3.0-only is denied");
    }

    private static string[] Split(string entries) => entries.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
