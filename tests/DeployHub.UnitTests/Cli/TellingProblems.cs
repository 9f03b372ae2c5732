using System.Net;
using System.Text;
using DeployHub.Cli;
using DeployHub.Cli.Talking;

namespace DeployHub.UnitTests.Cli;

public sealed class TellingProblems
{
    private static readonly Uri Asked = new("https://hub.example/api/v1/models");

    [Theory]
    [InlineData(400, 1)]
    [InlineData(401, 3)]
    [InlineData(403, 3)]
    [InlineData(404, 1)]
    [InlineData(409, 1)]
    [InlineData(412, 1)]
    [InlineData(413, 1)]
    [InlineData(429, 3)]
    [InlineData(500, 3)]
    [InlineData(503, 3)]
    public void The_status_is_the_exit_code(int status, int code) => Told(status, """{"title":"No."}""").ExitCode.ShouldBe(code);

    [Fact]
    public void The_sentence_its_rule_and_who_could_do_it_are_told() =>
        Told(403, """{"title":"Whoever edited it last may not approve it (SOD-5).","code":"SOD-5","whoCould":"another deployment manager"}""").Lines.ShouldBe(
            ["error: Whoever edited it last may not approve it (SOD-5). [SOD-5]", "  Who could: another deployment manager."]);

    [Fact]
    public void Each_field_is_told_with_its_place() =>
        Told(400, """{"title":"It cannot be published.","code":"model.invalid","errors":{"stages.execute":["Say how. (line 3, column 5)","And when."],"":["Empty."]}}""")
            .Lines.ShouldBe(
            ["error: It cannot be published. [model.invalid]", "  stages.execute: Say how. (line 3, column 5)", "  stages.execute: And when.", "  Empty."]);

    [Fact]
    public void One_sentence_is_not_told_twice() =>
        Told(400, """{"title":"Choose another.","code":"model.slug-in-use","errors":{"slug":["Choose another."]}}""")
            .Lines.ShouldBe(["error: slug: Choose another. [model.slug-in-use]"]);

    [Theory]
    [InlineData("<html>Welcome to nginx</html>")]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{}")]
    public void What_answers_otherwise_is_not_the_server(string body)
    {
        var refusal = Told(404, body);

        refusal.ExitCode.ShouldBe(ExitCode.NoAccess);
        refusal.Lines[0].ShouldContain("Is --server right?");
    }

    private static Refusal Told(int status, string body) => Problem.Of((HttpStatusCode)status, Encoding.UTF8.GetBytes(body), Asked);
}
