using DeployHub.Cli;
using DeployHub.Cli.Models;
using DeployHub.Cli.Talking;

namespace DeployHub.UnitTests.Cli;

public sealed class TypingCommands : IDisposable
{
    private readonly StringWriter _output = new(), _error = new();

    [Theory]
    [InlineData("")]
    [InlineData("model")]
    [InlineData("model sing")]
    [InlineData("model push")]
    [InlineData("model list --output xml")]
    [InlineData("model simulate a@1")]
    [InlineData("model rehearse a@1 --environment dev --version web@1 --case sometimes")]
    [InlineData("model publish a@1 --change CHG-1")]
    [InlineData("model publish a@1 --change CHG-1 --note New --decisions perhaps")]
    [InlineData("model list --timeout soon")]
    public async Task What_makes_no_sense_is_wrong_usage_and_says_where_help_is(string typed)
    {
        (await RunAsync(typed)).ShouldBe(ExitCode.WrongUsage);

        _output.ToString().ShouldBeEmpty();
        _error.ToString().ShouldStartWith("error: ");
        _error.ToString().ShouldContain("--help says what may be written.");
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("model --help")]
    [InlineData("model push --help")]
    public async Task Help_is_given(string typed)
    {
        (await RunAsync(typed)).ShouldBe(ExitCode.Done);

        _output.ToString().ShouldContain("Usage:");
    }

    [Fact]
    public async Task A_token_that_was_typed_is_not_repeated()
    {
        (await RunAsync("model list --token dhp_abcdefghijklmnopqrstuvwxyz")).ShouldBe(ExitCode.WrongUsage);

        _error.ToString().ShouldNotContain("abcdefgh");
    }

    [Fact]
    public void No_result_shows_a_token()
    {
        new Screen(_output, _error, asJson: true).Show(new { Text = "dhp_abcdefghijklmnopqrstuvwxyz" }, []);
        new Screen(_output, _error, asJson: false).Note("dh_abcdefghijklmnopqrstuvwxyz");

        (_output.ToString() + _error).ShouldNotContain("abcdefgh");
    }

    [Theory]
    [InlineData("batchSize=3", "batchSize", "3")]
    [InlineData("text=a=b", "text", "a=b")]
    [InlineData("empty=", "empty", "")]
    public void A_parameter_is_a_name_and_a_value(string typed, string name, string value) => PlanOptions.Parameter(typed).ShouldBe((name, value));

    [Theory]
    [InlineData("batchSize")]
    [InlineData("=3")]
    public void A_parameter_is_nothing_else(string typed) => Should.Throw<Refusal>(() => PlanOptions.Parameter(typed)).ExitCode.ShouldBe(ExitCode.WrongUsage);

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private Task<int> RunAsync(string typed) => CommandLine.RunAsync(typed.Split(' ', StringSplitOptions.RemoveEmptyEntries), _output, _error);
}
