using System.Globalization;
using System.Text.Json;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>A source that answers as the test says, or as a real Prometheus was once recorded.</summary>
public sealed class CheckCanaryVerifierTests : ExecutorContract
{
    private readonly Dictionary<string, string> _answers = [];
    private readonly List<string?> _tokens = [];
    private TestHttp _source = null!;

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => Check("good") with { Token = "${secret:planted}" };

    protected override (StepSettings, string[])? Failing => (Check("bad"), ["Errors is higher than the baseline", "30 and 30 samples"]);

    protected override (StepSettings, string?)? Endless => null;

    private static string Recorded => Path.Combine(SolutionFolder(), "..", "shared", "data", "prometheus-real");

    [Theory]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[]}}""", "has no samples of the canary")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"values":[[1,"+Inf"],[2,"1"]]}]}}""", "is infinite in 1 of 2 samples")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"values":[[1,"NaN"],[2,"NaN"]]}]}}""", "is NaN in 2 of 2 samples")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"values":[[1,"1"]]}]}}""", "has 1 samples of the canary where 20 are needed")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"values":[]},{"values":[]}]}}""", "gives 2 series")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"values":[[1]]}]}}""", "is no answer of Prometheus")]
    [InlineData("""{"status":"error","errorType":"bad_data","error":"parse error"}""", "was refused: parse error")]
    public async Task What_tells_nothing_never_passes(string answer, string why)
    {
        _answers["strange"] = answer;

        (await VisitAsync(Check("strange"))).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain(why);
    }

    [Theory]
    [InlineData("range-matrix", "has 3 samples of the canary where 20 are needed")]
    [InlineData("instant-vector", "gives a vector, not a series")]
    [InlineData("instant-scalar", "gives a scalar, not a series")]
    [InlineData("instant-string", "gives a string, not a series")]
    public async Task What_a_real_Prometheus_answered_is_read(string recording, string why)
    {
        var file = Path.Combine(Recorded, $"{recording}.json");
        Assert.SkipUnless(File.Exists(file), "The recordings are not on this machine: ../shared/data/prometheus-real.");
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        _answers["recorded"] = document.RootElement.GetProperty("body").GetRawText();

        (await VisitAsync(Check("recorded"))).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain(why);
    }

    [Fact]
    public async Task It_looks_until_the_soak_is_over_and_ends_earlier_only_when_a_metric_that_must_pass_is_surely_worse()
    {
        var until = DateTimeOffset.UtcNow.AddHours(1);

        (await Bench.VisitAsync(Check("good"), observesUntil: until)).ShouldBeOfType<StepOutcome.StillRunning>();
        (await Bench.VisitAsync(Check("bad"), observesUntil: until)).ShouldBeOfType<StepOutcome.StillRunning>();
        var check = Check("bad");
        (await Bench.VisitAsync(check with { Metrics = [check.Metrics[0] with { MustPass = true }] }, observesUntil: until)).ShouldBeOfType<StepOutcome.Failed>().Cause.ShouldBe(HaltCause.MetricBreach);
    }

    [Fact]
    public async Task The_token_is_sent_to_the_source()
    {
        await SucceedsAsync(Working);

        _tokens[^1].ShouldBe($"Bearer {Planted}");
    }

    protected override Task PrepareAsync()
    {
        _answers["normal"] = Series(number => 1 + (number % 7));
        _answers["good"] = Series(number => 1 + ((number + 3) % 7));
        _answers["bad"] = Series(number => 11 + (number % 7));
        _source = new TestHttp(async context =>
        {
            lock (_tokens) _tokens.Add(context.Request.Headers["Authorization"]);
            using var body = new StreamReader(context.Request.InputStream);
            var query = (await body.ReadToEndAsync()).Split('&').Single(part => part.StartsWith("query=", StringComparison.Ordinal))["query=".Length..];
            return (200, _answers[Uri.UnescapeDataString(query)]);
        });
        return Task.CompletedTask;
    }

    protected override async Task CleanUpAsync() => await _source.DisposeAsync();

    private CheckCanary Check(string query) => new(_source.Url, [new CanaryMetric("Errors", query, "normal")]);

    private static string Series(Func<int, int> value) =>
        $$$"""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[{{{string.Join(',', Enumerable.Range(1, 30).Select(number => string.Create(CultureInfo.InvariantCulture, $"[{number},\"{value(number)}\"]")))}}}]}]}}""";

    private static string SolutionFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DeployHub.sln"))) folder = folder.Parent;
        return folder!.FullName;
    }
}
