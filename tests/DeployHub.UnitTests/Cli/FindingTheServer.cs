using DeployHub.Cli;
using DeployHub.Cli.Talking;

namespace DeployHub.UnitTests.Cli;

public sealed class FindingTheServer
{
    private const string Token = "dhp_abcdefghijklmnop";

    [Fact]
    public void What_is_typed_goes_before_the_environment()
    {
        Read(server: null, file: null).ShouldSatisfyAllConditions(
            settings => settings.Server.ShouldBe(new Uri("https://env.example/")), settings => settings.Token.ShouldBe("dhp_of_the_environment"));

        Read("http://localhost:5080/base/", "token.txt").ShouldSatisfyAllConditions(
            settings => settings.Server.ShouldBe(new Uri("http://localhost:5080/base/")), settings => settings.Token.ShouldBe(Token),
            settings => settings.Limit.ShouldBe(TimeSpan.FromSeconds(60)));
    }

    [Theory]
    [InlineData("localhost:5080")]
    [InlineData("ftp://hub.example")]
    [InlineData("https://somebody:secret@hub.example")]
    [InlineData("https://hub.example?x=1")]
    [InlineData("")]
    public void An_address_without_secrets_is_needed(string server) => Should.Throw<Refusal>(() => Read(server, null)).ExitCode.ShouldBe(ExitCode.WrongUsage);

    [Theory]
    [InlineData("")]
    [InlineData("  \n")]
    [InlineData("dhp_abc def")]
    [InlineData("dhp_abc\r\nX-Other: header")]
    public void A_token_is_one_word_and_is_not_repeated(string token)
    {
        var refusal = Should.Throw<Refusal>(() => Settings.Of("https://hub.example", "token.txt", 60, _ => null, _ => token));

        refusal.ExitCode.ShouldBe(ExitCode.WrongUsage);
        refusal.Lines.ShouldAllBe(line => !line.Contains("dhp_"));
    }

    [Fact]
    public void Without_a_token_it_says_where_one_is_made() =>
        Should.Throw<Refusal>(() => Settings.Of("https://hub.example", null, 60, _ => null, _ => "")).Lines[0].ShouldContain("https://hub.example/account/tokens");

    private static Settings Read(string? server, string? file) =>
        Settings.Of(server, file, 60, name => name == "DEPLOYHUB_SERVER" ? "https://env.example" : "dhp_of_the_environment", _ => $"{Token}\n");
}
