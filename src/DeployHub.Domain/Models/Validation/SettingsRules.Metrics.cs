using System.Globalization;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

internal static partial class SettingsRules
{
    private static IEnumerable<(string, string, string)> Metric(ModelContent model, CheckMetric metric) =>
    [
        .. Url(metric.Source).Select(remark => (remark.Item1, "source", remark.Item3)),
        .. When(string.IsNullOrWhiteSpace(metric.Query), "query", "say in PromQL which value is looked at."),
        .. When(!IsNumber(model, metric.Threshold), "threshold", "must be a number such as 0.01."),
        .. When(!IsNumber(model, metric.Factor), "factor", "must be a number such as 1.2."),
        .. When(metric is { Baseline: null, Factor: not "1" }, "factor", "multiplies the baseline: say in baseline what is normal."),
        .. When(metric.MinimumSamples is < 0 or > 0 && metric.Samples is null, "minimumSamples", "counts what samples says: give the PromQL that tells how many there are."),
        .. When(metric.Breaches is < 1 or > 100, "breaches", "must be from 1 to 100."),
        .. Time(model, "every", metric.Every),
        .. When(metric.Token is { } token && !PlainSecrets.IsReference(token), "token", "name the secret that holds the token, and nothing else: ${secret:prometheus}.", "A-V12"),
    ];

    private static bool IsNumber(ModelContent model, string text) =>
        IsFilledLater(model.WithDefaults(text)) || (double.TryParse(model.WithDefaults(text), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number));
}
