using DeployHub.Domain.Inventory;
using DeployHub.Web.Pages.Environments;

namespace DeployHub.UnitTests.Pages;

public sealed class TypingWhatIsWatched
{
    private const string Lines = """
        package openssl
        prerequisite service nginx.service = active
        setting Logging:Level of current/app settings.json = Warning
        component shop-web of current
        certificate /etc/ssl/shop.pem = 30d
        """;

    [Fact]
    public void Every_line_is_a_fact_and_is_written_as_it_was_read()
    {
        var facts = WatchLines.Parse(Lines, out var problem).ShouldNotBeNull();

        problem.ShouldBeNull();
        facts.ShouldBe(
        [
            new WatchedFact(FactKind.Package, "openssl"),
            new WatchedFact(FactKind.Service, "nginx.service", Expect: "active", Prerequisite: true),
            new WatchedFact(FactKind.Setting, "Logging:Level", "current/app settings.json", "Warning"),
            new WatchedFact(FactKind.Component, "shop-web", "current"),
            new WatchedFact(FactKind.Certificate, "/etc/ssl/shop.pem", Expect: "30d"),
        ]);
        WatchLines.Format(facts).ShouldBe(Lines.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("openssl")]
    [InlineData("library openssl")]
    [InlineData("1 openssl")]
    public void A_line_that_does_not_say_what_it_is_is_named(string line)
    {
        WatchLines.Parse($"package openssl\n{line}", out var problem).ShouldBeNull();

        problem.ShouldStartWith($"“{line}” does not say what it is.");
    }
}
