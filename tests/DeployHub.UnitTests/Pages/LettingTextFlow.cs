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
}
