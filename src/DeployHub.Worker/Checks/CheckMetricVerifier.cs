using System.Globalization;
using System.Text.Json;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>Looks at a metric now and again without holding a thread; the ticket remembers what the looks before saw.</summary>
internal sealed class CheckMetricVerifier(PrometheusSource prometheus, TimeProvider clock) : StepExecutor<CheckMetric>
{
    protected override async Task<StepOutcome> ExecuteAsync(CheckMetric settings, StepContext context, CancellationToken cancellationToken)
    {
        var before = context.Ticket is { } ticket ? JsonSerializer.Deserialize<MetricLooks>(ticket)! : MetricLooks.None;
        var look = await LookAsync(settings, cancellationToken);
        var looks = before.With(look);
        context.Log.Write(look.IsBreach ? LogStream.Error : LogStream.Out, look.Sentence);
        if (looks.BreachesInARow >= settings.Breaches) return Breach(settings, looks);

        var now = clock.GetUtcNow();
        return now < context.ObservesUntil || (looks.BreachesInARow > 0 && context.ObservesUntil is null)
            ? new StepOutcome.StillRunning(JsonSerializer.Serialize(looks), Pause(settings, context.ObservesUntil - now))
            : Verdict(settings, looks);
    }

    private async Task<MetricLook> LookAsync(CheckMetric settings, CancellationToken cancellationToken)
    {
        var server = new MetricServer(settings.Source, settings.Token);
        var value = await prometheus.AskAsync(server, settings.Query, cancellationToken);
        if (value.Trouble is { } trouble) return MetricLook.Unclear($"“{settings.Query}” {trouble}");

        if (settings.Samples is { } counting)
        {
            var samples = await prometheus.AskAsync(server, counting, cancellationToken);
            if (samples.Trouble is { } uncounted) return MetricLook.Unclear($"“{counting}” {uncounted}");
            if (samples.Number < settings.MinimumSamples) return MetricLook.Unclear($"rests on {Shown(samples.Number)} samples where {settings.MinimumSamples} are needed");
        }

        var added = double.Parse(settings.Threshold, CultureInfo.InvariantCulture);
        if (settings.Baseline is null) return MetricLook.Of(value.Number, added, settings.Is);

        var normal = await prometheus.AskAsync(server, settings.Baseline, cancellationToken);
        return normal.Trouble is { } unknown
            ? MetricLook.Unclear($"“{settings.Baseline}” {unknown}")
            : MetricLook.Of(value.Number, (normal.Number * double.Parse(settings.Factor, CultureInfo.InvariantCulture)) + added, settings.Is);
    }

    /// <summary>Never later than the end of the observation, so that the last look is at its end.</summary>
    private static TimeSpan Pause(CheckMetric settings, TimeSpan? left)
    {
        var every = Duration.Of(settings.Every);
        return left > TimeSpan.Zero && left < every ? left.Value : every;
    }

    private static StepOutcome.Failed Breach(CheckMetric settings, MetricLooks looks) =>
        new($"{looks.Last!.Sentence}, {(settings.Breaches == 1 ? "seen once" : $"seen {settings.Breaches} times in a row")}.", HaltCause.MetricBreach) { Evidence = looks.Evidence };

    /// <summary>Nothing passes on missing data: the last look has to have seen a good value, and most looks a value at all.</summary>
    private static StepOutcome Verdict(CheckMetric settings, MetricLooks looks) => looks.Last switch
    {
        { IsUnclear: true } last => new StepOutcome.Inconclusive($"The last of {looks.Count} looks {last.Sentence}."),
        { IsBreach: true } last => new StepOutcome.Inconclusive($"{last.Sentence} at the end, {looks.BreachesInARow} of {settings.Breaches} looks in a row that would be a breach."),
        _ when looks.UnclearLooks * 2 > looks.Count => new StepOutcome.Inconclusive($"{looks.UnclearLooks} of {looks.Count} looks could tell nothing."),
        _ => new StepOutcome.Succeeded(looks.Evidence),
    };

    internal static string Shown(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}

/// <summary>What one look saw: a good value, a breach, or nothing that can be judged.</summary>
internal sealed record MetricLook(string Sentence, bool IsBreach, bool IsUnclear, double? Value = null, double? Limit = null)
{
    public static MetricLook Unclear(string sentence) => new(sentence, false, true);

    public static MetricLook Of(double value, double limit, Comparison comparison)
    {
        var isBreach = comparison is Comparison.AtMost ? value > limit : value < limit;
        var sign = (comparison, isBreach) switch { (Comparison.AtMost, true) => ">", (Comparison.AtMost, _) => "≤", (_, true) => "<", _ => "≥" };
        return new MetricLook($"{CheckMetricVerifier.Shown(value)} {sign} {CheckMetricVerifier.Shown(limit)}", isBreach, false, value, limit);
    }
}

/// <summary>What the looks so far came to.</summary>
internal sealed record MetricLooks(int Count, int UnclearLooks, int BreachesInARow, MetricLook? Last)
{
    public static readonly MetricLooks None = new(0, 0, 0, null);

    public IReadOnlyList<Evidence> Evidence =>
    [
        new("Looks", $"{Count}, of which {UnclearLooks} could tell nothing"),
        .. Last is { Value: { } value, Limit: { } limit } ? new[] { new Evidence("Last value", CheckMetricVerifier.Shown(value)), new Evidence("Limit", CheckMetricVerifier.Shown(limit)) } : [],
    ];

    /// <summary>A look that can tell nothing neither counts as a breach nor makes the breaches before it good.</summary>
    public MetricLooks With(MetricLook look) => new(
        Count + 1, UnclearLooks + (look.IsUnclear ? 1 : 0), look.IsBreach ? BreachesInARow + 1 : look.IsUnclear ? BreachesInARow : 0, look);
}
