using DeployHub.Domain;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

internal sealed class CheckIncidentsVerifier(AlertsSource source) : StepExecutor<CheckIncidents>
{
    private const int MostNamed = 5, MostKept = 50, LongestReason = 900, LongestName = 100;

    protected override async Task<StepOutcome> ExecuteAsync(CheckIncidents settings, StepContext context, CancellationToken cancellationToken)
    {
        var (alerts, trouble) = await source.AskAsync(settings, cancellationToken);
        if (alerts is null) return new StepOutcome.Failed(Words.Beginning($"Nobody knows whether an incident is active: {settings.Source} {trouble}.", LongestReason), HaltCause.MonitoringDown);

        var severities = settings.Severities ?? CheckIncidents.Severe;
        var active = alerts.Where(alert => alert.Counts(settings.Labels ?? new Dictionary<string, string>(), severities, settings.SeverityLabel)).ToList();
        foreach (var alert in active.Take(MostKept)) context.Log.Write(LogStream.Error, InWords(alert, settings));
        IReadOnlyList<Evidence> evidence = [new("Alerts", $"{alerts.Count} active at {settings.Source}, {active.Count} of them count"), .. active.Take(MostKept).Select(alert => new Evidence(Name(alert), InWords(alert, settings)))];
        if (active.Count == 0) return new StepOutcome.Succeeded(evidence);

        var named = string.Join("; ", active.Take(MostNamed).Select(alert => InWords(alert, settings)));
        return new StepOutcome.Failed(Words.Beginning($"{active.Count} {(active.Count == 1 ? "alert is" : "alerts are")} active at {settings.Source}: {named}{(active.Count > MostNamed ? " …" : "")}.", LongestReason), HaltCause.ActiveIncident) { Evidence = evidence };
    }

    private static string Name(Alert alert) => Words.Beginning(Printable.Of(alert.Name).ReplaceLineEndings(" "), LongestName);

    private static string InWords(Alert alert, CheckIncidents settings)
    {
        var severity = Words.Beginning(Printable.Of(alert.Labels.GetValueOrDefault(settings.SeverityLabel, "no severity")).ReplaceLineEndings(" "), LongestName);
        return $"{Name(alert)} ({severity}{(alert.Since is { } since ? $", since {since}" : "")}){(alert.Summary is { } summary ? $" {summary.TrimEnd('.')}" : "")}";
    }
}
