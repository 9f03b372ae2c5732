using DeployHub.Domain.Inventory.Manifests;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.UnitTests.Inventory.Manifests;

public sealed class FindingLinks
{
    [Theory]
    [InlineData("See https://example.com/a, or http://example.com.", "https://example.com/a http://example.com/")]
    [InlineData("[Runbook](https://example.com/run_(v5)) and (https://example.com/b).", "https://example.com/run_(v5) https://example.com/b")]
    [InlineData("<a href=\"https://example.com/?a=1&amp;b=2#part\">x</a>", "https://example.com/?a=1&b=2")]
    [InlineData("<https://example.com/a> [1]: https://example.com/a#top", "https://example.com/a")]
    [InlineData("mailto:ana@example.com ftp://example.com https:// ../other.md", "")]
    [InlineData("https://ana:secret@example.com/x", "https://example.com/x")]
    [InlineData("**https://example.com/x**, `https://example.com/y`", "https://example.com/x https://example.com/y")]
    public void Addresses_are_found_in_any_text(string text, string links) => string.Join(' ', Links.In(text).Select(link => link.AbsoluteUri)).ShouldBe(links);

    [Theory]
    [InlineData("See https://exam%ple.com:99999/a, and https://example.com/b.", "https://exam%ple.com:99999/a")]
    [InlineData("https://ana:secret@example.com:99999/", "https://example.com:99999/")]
    [InlineData("https://... and https://example.com", "")]
    public void What_begins_like_an_address_and_is_none_is_told(string text, string unreadable) => string.Join(' ', Links.Unreadable(text)).ShouldBe(unreadable);

    [Fact]
    public void Some_are_left_out()
    {
        var check = new CheckLinks(["https://intranet.example/*"]);

        check.Asks(new Uri("https://intranet.example/wiki")).ShouldBeFalse();
        check.Asks(new Uri("https://example.com/")).ShouldBeTrue();
    }
}
