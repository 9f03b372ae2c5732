using System.Globalization;
using System.Text.Json;
using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Canary;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>
/// Compares the canary with the baseline now and again without holding a thread. Every look asks for all samples since the observation
/// began, as far as the window reaches, so the last one decides; the ticket remembers how many there were.
/// </summary>
internal sealed class CheckCanaryVerifier(PrometheusSource prometheus, TimeProvider clock) : StepExecutor<CheckCanary>
{
    private const int MostNamed = 3; // metrics in one sentence

    protected override async Task<StepOutcome> ExecuteAsync(CheckCanary settings, StepContext context, CancellationToken cancellationToken)
    {
        var looks = (context.Ticket is { } ticket ? JsonSerializer.Deserialize<CanaryLooks>(ticket)! : new CanaryLooks(0)).OneMore();
        var score = new CanaryScore(await CompareAsync(settings, RangeOf(settings, context), cancellationToken), settings.Pass, settings.Marginal);
        foreach (var metric in score.Metrics) context.Log.Write(metric.Comparison.IsBad ? LogStream.Error : LogStream.Out, $"{metric.Name}: {CanaryWords.Of(metric.Comparison)}");
        if (score.EndAtOnce is { Count: > 0 } clear) return Breach(CanaryWords.Of(clear, MostNamed), score, looks);

        var left = context.ObservesUntil - clock.GetUtcNow();
        return left > TimeSpan.Zero
            ? new StepOutcome.StillRunning(JsonSerializer.Serialize(looks), Min(Duration.Of(settings.Every), left.Value))
            : OutcomeOf(score, looks);
    }

    /// <summary>Before the observation began the canary was another version; a check outside an observation looks back as far as it may.</summary>
    private MetricRange RangeOf(CheckCanary settings, StepContext context)
    {
        var now = clock.GetUtcNow();
        var from = now - Duration.Of(settings.Window);
        return new MetricRange(context.ObservesUntil is not null && context.StartedAt > from ? context.StartedAt : from, now, Duration.Of(settings.Step));
    }

    private async Task<IReadOnlyList<ScoredMetric>> CompareAsync(CheckCanary settings, MetricRange range, CancellationToken cancellationToken) => await Task.WhenAll(settings.Metrics.Select(async metric =>
        new ScoredMetric(metric.Name, metric.Weight, metric.MustPass, await CompareAsync(new MetricServer(settings.Source, settings.Token), metric, range, cancellationToken))));

    private async Task<MetricComparison> CompareAsync(MetricServer server, CanaryMetric metric, MetricRange range, CancellationToken cancellationToken)
    {
        var canary = await prometheus.AskAsync(server, metric.Canary, range, cancellationToken);
        if (canary.Trouble is { } noCanary) return MetricComparison.NoData($"of the canary {noCanary}");

        var baseline = await prometheus.AskAsync(server, metric.Baseline, range, cancellationToken);
        return baseline.Trouble is { } noBaseline
            ? MetricComparison.NoData($"of the baseline {noBaseline}")
            : MetricComparison.Of(canary.Samples, baseline.Samples, new ChangeLimits(metric.Direction, metric.Effect, Number(metric.Allowed), metric.Critical is { } critical ? Number(critical) : null, metric.MinimumSamples));
    }

    private static StepOutcome OutcomeOf(CanaryScore score, CanaryLooks looks) => score.Verdict switch
    {
        Verdict.Pass => new StepOutcome.Succeeded(EvidenceOf(score, looks)),
        Verdict.Fail when score.Metrics.Where(metric => metric.DecidesAlone).ToList() is { Count: > 0 } decisive => Breach(CanaryWords.Of(decisive, MostNamed), score, looks),
        Verdict.Fail => Breach($"The score of {CanaryWords.Of(score.AtBest)} is below {score.Marginal}: {CanaryWords.Of(score.Bad, MostNamed)}", score, looks),
        _ when score.Silent is { Count: > 0 } silent => new StepOutcome.Inconclusive($"{CanaryWords.Of(silent, MostNamed)}."),
        _ => new StepOutcome.Inconclusive($"The score of {CanaryWords.Of(score.Value)} lies below {score.Pass}, where it passes, and not below {score.Marginal}, where it fails: {CanaryWords.Of(score.Bad, MostNamed)}."),
    };

    private static StepOutcome.Failed Breach(string reason, CanaryScore score, CanaryLooks looks) => new($"{reason}.", HaltCause.MetricBreach) { Evidence = EvidenceOf(score, looks) };

    private static IReadOnlyList<Evidence> EvidenceOf(CanaryScore score, CanaryLooks looks) =>
    [
        new("Score", $"{CanaryWords.Of(score.Value)} of 100; passes from {score.Pass} on, fails below {score.Marginal}"),
        new("Looks", $"{looks.Count}"),
        .. score.Metrics.Select(metric => new Evidence(metric.Name, $"{CanaryWords.Of(metric.Comparison)}; weight {metric.Weight}{(metric.MustPass ? ", must pass" : "")}")),
    ];

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

/// <summary>How often the canary was looked at.</summary>
internal sealed record CanaryLooks(int Count)
{
    public CanaryLooks OneMore() => new(Count + 1);
}

/// <summary>What a comparison came to, for people.</summary>
internal static class CanaryWords
{
    /// <summary>Such as “High: mean 0.5 against 0.01, median 0.5 against 0.01, effect 49 (critical), p = 0.0001, 40 and 40 samples”.</summary>
    public static string Of(MetricComparison comparison) => comparison.WhyNot is { } why
        ? $"No data: {why}"
        : $"{Words.Title(comparison.Class)}: mean {Of(comparison.Canary.Mean)} against {Of(comparison.Baseline.Mean)}, median {Of(comparison.Canary.Median)} against {Of(comparison.Baseline.Median)}, "
            + $"effect {Of(comparison.Size)}{(comparison.IsCritical ? " (critical)" : "")}, {Chance(comparison.P)}, {comparison.Canary.Count} and {comparison.Baseline.Count} samples";

    /// <summary>Such as “Errors is higher than the baseline: mean 0.5 against 0.01, p = 0.0001, 40 and 40 samples”, for the first few.</summary>
    public static string Of(IReadOnlyList<ScoredMetric> metrics, int most) =>
        string.Join("; ", metrics.Take(most).Select(metric => $"{metric.Name} {Found(metric.Comparison)}")) + (metrics.Count > most ? $"; and {metrics.Count - most} more" : "");

    public static string Of(double number) => Math.Abs(number) is 0 or >= 0.001 and < 1e9 ? number.ToString("0.####", CultureInfo.InvariantCulture) : number.ToString("G3", CultureInfo.InvariantCulture);

    private static string Found(MetricComparison comparison) => comparison.WhyNot
        ?? $"is {(comparison.Class is MetricClass.High ? "higher" : "lower")} than the baseline: mean {Of(comparison.Canary.Mean)} against {Of(comparison.Baseline.Mean)}, {Chance(comparison.P)}, {comparison.Canary.Count} and {comparison.Baseline.Count} samples";

    private static string Chance(double p) => p < 0.0001 ? "p < 0.0001" : $"p = {p.ToString("0.0000", CultureInfo.InvariantCulture)}";
}
