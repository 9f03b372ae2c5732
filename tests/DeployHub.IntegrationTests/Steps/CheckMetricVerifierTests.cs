using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>A source that answers as the test says; the journey of a canary asks a real Prometheus.</summary>
public sealed class CheckMetricVerifierTests : ExecutorContract
{
    private readonly Dictionary<string, Queue<string>> _answers = [];
    private readonly List<string?> _tokens = [];
    private TestHttp _source = null!;

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => Check("good") with { Token = "${secret:planted}" };

    protected override (StepSettings, string[])? Failing => (Check("bad") with { Breaches = 1 }, ["0.5 > 0.01"]);

    protected override (StepSettings, string?)? Endless => null;

    [Theory]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[]}}""", "gives no value")]
    [InlineData("""{"status":"success","data":{"resultType":"scalar","result":[1,"NaN"]}}""", "gives NaN")]
    [InlineData("""{"status":"success","data":{"resultType":"scalar","result":[1,"+Inf"]}}""", "gives +Inf")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[{"value":[1,"1"]},{"value":[1,"2"]}]}}""", "gives 2 values")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[]}}""", "gives a matrix")]
    [InlineData("""{"status":"error","errorType":"bad_data","error":"parse error"}""", "was refused: parse error")]
    [InlineData("<html>Bad gateway</html>", "is no answer of Prometheus")]
    public async Task What_tells_nothing_never_passes(string answer, string why)
    {
        Answers("strange", answer);

        (await VisitAsync(Check("strange"))).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain(why);
    }

    [Fact]
    public async Task A_source_that_is_away_tells_nothing()
    {
        await _source.DisposeAsync();

        (await VisitAsync(Check("good"))).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("gave no answer");
    }

    [Fact]
    public async Task Too_few_samples_tell_nothing()
    {
        Answers("count", Value("12"));

        (await VisitAsync(Check("good") with { Samples = "count", MinimumSamples = 1000 })).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("12 samples where 1000 are needed");
        (await VisitAsync(Check("good") with { Samples = "count", MinimumSamples = 12 })).ShouldBeOfType<StepOutcome.Succeeded>();
    }

    [Theory]
    [InlineData("1.2", "0", "0.24", true)]
    [InlineData("1.2", "0", "0.25", false)]
    [InlineData("1", "0.05", "0.25", true)]
    [InlineData("1", "0.05", "0.26", false)]
    public async Task A_baseline_says_what_is_normal(string factor, string added, string value, bool passes)
    {
        Answers("normal", Value("0.2"));
        Answers("now", Value(value));

        var outcome = await VisitAsync(Check("now") with { Baseline = "normal", Factor = factor, Threshold = added, Breaches = 1 });
        (outcome is StepOutcome.Succeeded).ShouldBe(passes, $"{outcome}");
    }

    [Fact]
    public async Task It_looks_until_the_soak_is_over_and_fails_only_after_breaches_in_a_row()
    {
        Answers("errors", Value("0.5"), Value("0.5"), Value("0.001"), Value("0.5"), Value("0.5"), Value("0.5"));
        var until = DateTimeOffset.UtcNow.AddHours(1);
        var kinds = new List<string>();
        string? ticket = null;
        for (var look = 1; look <= 6; look++)
        {
            var outcome = await Bench.VisitAsync(Check("errors"), ticket: ticket, observesUntil: until);
            kinds.Add(outcome.GetType().Name);
            ticket = (outcome as StepOutcome.StillRunning)?.Ticket;
        }

        kinds.ShouldBe([.. Enumerable.Repeat(nameof(StepOutcome.StillRunning), 5), nameof(StepOutcome.Failed)]);
    }

    [Fact]
    public async Task The_token_is_sent_to_the_source()
    {
        await SucceedsAsync(Working);

        _tokens[^1].ShouldBe($"Bearer {Planted}");
    }

    protected override Task PrepareAsync()
    {
        Answers("good", Value("0.001"));
        Answers("bad", Value("0.5"));
        _source = new TestHttp(async context =>
        {
            _tokens.Add(context.Request.Headers["Authorization"]);
            using var body = new StreamReader(context.Request.InputStream);
            var query = Uri.UnescapeDataString((await body.ReadToEndAsync())["query=".Length..]);
            var answers = _answers[query];
            return (200, answers.Count > 1 ? answers.Dequeue() : answers.Peek());
        });
        return Task.CompletedTask;
    }

    protected override async Task CleanUpAsync() => await _source.DisposeAsync();

    private CheckMetric Check(string query) => new(_source.Url, query, "0.01", Every: "1s");

    private void Answers(string query, params string[] answers) => _answers[query] = new Queue<string>(answers);

    private static string Value(string value) => """{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"VALUE"]}]}}""".Replace("VALUE", value, StringComparison.Ordinal);
}
