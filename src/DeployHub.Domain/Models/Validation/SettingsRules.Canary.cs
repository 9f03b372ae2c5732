using System.Globalization;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

internal static partial class SettingsRules
{
    private const int MostSamples = 1000; // of one series in one look: an answer of Prometheus stays far below a megabyte
    private const int FewestSamples = 5; // below, no difference can be told from chance

    private static IEnumerable<(string, string, string)> Canary(ModelContent model, CheckCanary canary) =>
    [
        .. Url(canary.Source).Select(remark => (remark.Item1, "source", remark.Item3)),
        .. When(canary.Metrics.Count is 0 or > 20, "metrics", "compare 1 to 20 metrics."),
        .. When(canary.Metrics.DistinctBy(metric => metric.Name).Count() < canary.Metrics.Count, "metrics", "each metric has a name of its own."),
        .. When(canary.Pass is < 1 or > 100, "pass", "must be from 1 to 100."),
        .. When(canary.Marginal < 0 || canary.Marginal > canary.Pass, "marginal", "must be from 0 to what pass says."),
        .. Time(model, "window", canary.Window),
        .. Time(model, "step", canary.Step),
        .. Time(model, "every", canary.Every),
        .. When(canary.Token is { } token && !PlainSecrets.IsReference(token), "token", "name the secret that holds the token, and nothing else: ${secret:prometheus}.", "A-V12"),
        .. Length(model, canary.Step) < TimeSpan.FromSeconds(1) ? When(true, "step", "must be at least 1s.") : Samples(model, canary),
        .. canary.Metrics.SelectMany((metric, index) => Compared(model, metric).Select(remark => (remark.Item1, $"metrics[{index}].{remark.Item2}", remark.Item3))),
    ];

    /// <summary>A window that cannot hold the samples that are asked for would never pass.</summary>
    private static IEnumerable<(string, string, string)> Samples(ModelContent model, CheckCanary canary)
    {
        if (Length(model, canary.Window) / Length(model, canary.Step) is not { } steps) return [];
        var needed = canary.Metrics.Select(metric => metric.MinimumSamples).DefaultIfEmpty().Max();
        return
        [
            .. When(steps >= MostSamples, "window", $"holds more than {MostSamples} samples at that step: look back less far or take longer steps."),
            .. When(steps + 1 < needed, "window", $"has no room for {needed} samples at that step: look back further or take shorter steps."),
        ];
    }

    private static IEnumerable<(string, string, string)> Compared(ModelContent model, CanaryMetric metric) =>
    [
        .. When(metric.Name.Trim().Length is 0 or > 100, "name", "give the metric a name of 1 to 100 characters."),
        .. When(string.IsNullOrWhiteSpace(metric.Canary), "canary", "say in PromQL what the canary does."),
        .. When(string.IsNullOrWhiteSpace(metric.Baseline), "baseline", "say in PromQL what is normal."),
        .. When(metric.Baseline.Trim() == metric.Canary.Trim() && metric.Canary.Length > 0, "baseline", "asks the same as canary, so nothing could ever differ."),
        .. When(metric.Weight is < 1 or > 1000, "weight", "must be from 1 to 1000."),
        .. When(!IsSize(model, metric.Allowed), "allowed", "must be a number of at least 0, such as 0.1 for ten percent."),
        .. When(metric.Critical is { } critical && !IsSize(model, critical), "critical", "must be a number of at least 0, such as 0.5 for fifty percent."),
        .. When(metric.Critical is { } limit && Size(model, limit) < Size(model, metric.Allowed), "critical", "must not be below what is allowed."),
        .. When(metric.MinimumSamples is < FewestSamples or > MostSamples, "minimumSamples", $"must be from {FewestSamples} to {MostSamples}."),
    ];

    private static bool IsSize(ModelContent model, string text) => IsFilledLater(model.WithDefaults(text)) || Size(model, text) >= 0;

    /// <summary>Null when it is no finite number, or while only a run can tell.</summary>
    private static double? Size(ModelContent model, string text) =>
        double.TryParse(model.WithDefaults(text), NumberStyles.Float, CultureInfo.InvariantCulture, out var size) && double.IsFinite(size) ? size : null;
}
