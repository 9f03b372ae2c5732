using System.Text.Encodings.Web;
using DeployHub.Web.Hosting;
using DeployHub.Web.Pages.Shared;

namespace DeployHub.UnitTests.Pages;

public sealed class LettingTextFlow
{
    [Theory]
    [InlineData("Go to the rack\nand swap the disk.", "Go to the rack and swap the disk.")]
    [InlineData("One.\r\n\r\nTwo\r\nlines.\n", "One.\n\nTwo lines.")]
    [InlineData("Make sure that\n- you may enter,\n- power is\n  at hand.", "Make sure that\n- you may enter,\n- power is at hand.")]
    [InlineData("First:\n1. open\n2) close", "First:\n1. open\n2) close")]
    public void Joins_broken_lines_and_keeps_paragraphs_and_lists(string written, string shown) => Prose.Flowing(written).ShouldBe(shown);

    [Theory]
    [InlineData("Read https://a.example/x?y=1&z, then\ngo.", """Read <a href="https://a.example/x?y=1&amp;z">https://a.example/x?y=1&amp;z</a>, then go.""")]
    [InlineData("<b>Bold</b> javascript:alert(1) (http://a.example)", """&lt;b&gt;Bold&lt;/b&gt; javascript:alert(1) (<a href="http://a.example">http://a.example</a>)""")]
    [InlineData("https://a.example/\"onclick=x", """<a href="https://a.example/">https://a.example/</a>&quot;onclick=x""")]
    public void Makes_links_of_addresses_and_of_nothing_else(string written, string shown)
    {
        using var html = new StringWriter();
        Prose.WithLinks(written).WriteTo(html, HtmlEncoder.Default);
        html.ToString().ShouldBe(shown);
    }

    [Fact]
    public void Pictures_come_from_where_the_model_says_and_from_nowhere_else() =>
        SecurityHeaders.PolicyWith(["https://plans.example/r12.jpg", "/img/mark.svg", "http://plain.example/x.png", "https://a;script-src *"])
            .ShouldContain("img-src 'self' data: https://plans.example:443; style-src");
}
