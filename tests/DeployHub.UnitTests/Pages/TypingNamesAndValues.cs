using DeployHub.Web.Pages.Shared;

namespace DeployHub.UnitTests.Pages;

public sealed class TypingNamesAndValues
{
    [Theory]
    [InlineData("site: berlin\n rack=7 \r\n\n", "site=berlin,rack=7")]
    [InlineData("url: https://example.com:80/x=1", "url=https://example.com:80/x=1")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void One_pair_a_line(string? text, string expected) =>
        string.Join(',', NameValueLines.Parse(text, out _)!.Select(entry => $"{entry.Key}={entry.Value}")).ShouldBe(expected);

    [Theory]
    [InlineData("berlin", "“berlin”")]
    [InlineData(": berlin", "“: berlin”")]
    [InlineData("a: 1\na: 2", "twice")]
    public void What_is_no_pair_is_told(string text, string problem)
    {
        NameValueLines.Parse(text, out var said).ShouldBeNull();
        said!.ShouldContain(problem);
    }

    [Fact]
    public void What_is_stored_is_shown_as_it_would_be_typed() =>
        NameValueLines.Parse(NameValueLines.Format(new Dictionary<string, string> { ["a"] = "1", ["b"] = "x: y" }), out _)
            .ShouldBe(new Dictionary<string, string> { ["a"] = "1", ["b"] = "x: y" });
}
