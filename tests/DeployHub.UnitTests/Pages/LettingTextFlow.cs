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

    [Fact]
    public void Takes_the_same_trouble_of_two_targets_for_the_same() =>
        Alike.Form("http://10.0.0.1:81/health of web-1 answered 503", "web-1").ShouldBe(Alike.Form("http://10.0.0.2:82/health of web-2 answered 503", "web-2"));

    [Fact]
    public void Keeps_different_trouble_apart() =>
        Alike.Form("http://10.0.0.1:81/health answered 503", "web-1").ShouldNotBe(Alike.Form("http://10.0.0.1:81/health answered 404", "web-1"));
}
