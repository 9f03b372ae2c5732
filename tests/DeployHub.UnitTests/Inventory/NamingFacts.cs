using DeployHub.Domain.Inventory;

namespace DeployHub.UnitTests.Inventory;

/// <summary>What may be watched, and what is refused with the member that is wrong.</summary>
public sealed class NamingFacts
{
    [Theory]
    [InlineData(FactKind.Package, "openssl; rm -rf /", null, null, "Name")]
    [InlineData(FactKind.Port, "70000", null, null, "Name")]
    [InlineData(FactKind.File, "../../etc/shadow", null, null, "Name")]
    [InlineData(FactKind.File, "/etc/hosts", null, "sha256:12", "Expect")]
    [InlineData(FactKind.File, "/etc/hosts", "/etc/hosts", null, "File")]
    [InlineData(FactKind.Setting, "Level", null, null, "File")]
    [InlineData(FactKind.Setting, "Level", "app.xml", null, "File")]
    [InlineData(FactKind.Setting, "Db:Password", "app.json", null, "Name")]
    [InlineData(FactKind.Component, "shop-web", "current", "2.4", "Expect")]
    [InlineData(FactKind.Certificate, "/etc/ssl/shop.pem", null, "a month", "Expect")]
    public void A_fact_that_cannot_be_looked_at_is_refused_by_its_member(FactKind kind, string name, string? file, string? expect, string member) =>
        WatchedFact.Objections([new WatchedFact(kind, name, file, expect)]).ShouldHaveSingleItem().Member.ShouldBe(member);

    [Fact]
    public void A_fact_is_named_once()
    {
        var openssl = new WatchedFact(FactKind.Package, "openssl");

        WatchedFact.Objections([openssl, new(FactKind.Service, "sshd"), openssl]).ShouldHaveSingleItem().ShouldBe((2, "Name", "The package openssl is named twice; keep one."));
    }
}
