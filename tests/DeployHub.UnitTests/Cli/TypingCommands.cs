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

    [Theory]
    [InlineData("--token-file names no file.", "model", "list", "--server", "https://hub.example", "--token-file", "")]
    [InlineData("Name a file; - is standard input.", "model", "push", "", "--server", "https://hub.example", "--token-file", "TOKEN")]
    [InlineData("--to names no file.", "model", "pull", "small", "-o", "", "--server", "https://hub.example", "--token-file", "TOKEN")]
    [InlineData("“W/\"12\"” is no tag", "model", "push", "small.yaml", "--seen", "W/\"12\"", "--server", "https://hub.example", "--token-file", "TOKEN")]
    [InlineData("“” is no tag", "model", "push", "small.yaml", "--seen", "", "--server", "https://hub.example", "--token-file", "TOKEN")]
    public async Task What_names_nothing_is_wrong_usage_and_no_crash(string told, params string[] typed)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "dhp_abcdefghijklmnop", TestContext.Current.CancellationToken);

        (await CommandLine.RunAsync([.. typed.Select(word => word == "TOKEN" ? file : word)], _output, _error)).ShouldBe(ExitCode.WrongUsage);
        File.Delete(file);
        _error.ToString().ShouldStartWith($"error: {told}");
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

    [Fact]
    public void A_document_is_shown_as_it_was_written()
    {
        new Screen(_output, _error, asJson: true).ShowWhole(new { Document = "file: dh_token_file" });

        _output.ToString().ShouldContain("dh_token_file");
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

    [Fact]
    public void A_parameter_is_said_once()
    {
        PlanOptions.Parameters(["a=1", "b=2"]).ShouldBe(new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" }, ignoreOrder: true);
        Should.Throw<Refusal>(() => PlanOptions.Parameters(["a=1", "a=2"])).Lines[0].ShouldBe("error: The parameter a is said twice: write it once.");
    }

    [Fact]
    public void A_model_is_named_without_a_version()
    {
        var (check, document) = (new Checked(true, null, [], Checked.Unnamed), new Document("small.yaml", []));

        check.SlugOf(document, "small").ShouldBe("small");
        Should.Throw<Refusal>(() => check.SlugOf(document, "small@3")).Lines[0].ShouldBe("error: --model small@3 names a version: write small alone.");
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private Task<int> RunAsync(string typed) => CommandLine.RunAsync(typed.Split(' ', StringSplitOptions.RemoveEmptyEntries), _output, _error);
}
