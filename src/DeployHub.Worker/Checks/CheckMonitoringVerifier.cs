using DeployHub.Domain;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

internal sealed class CheckMonitoringVerifier(AlertsSource source, PrometheusSource prometheus) : StepExecutor<CheckMonitoring>
{
    private const int LongestReason = 900;

    protected override async Task<StepOutcome> ExecuteAsync(CheckMonitoring settings, StepContext context, CancellationToken cancellationToken)
    {
        var health = await source.GetAsync(settings.Source, settings.Health, settings.Token, cancellationToken);
        if (health.Objection(null, null) is { } objection) return Down($"Monitoring is not well: {settings.Source}{settings.Health} {objection}");

        var evidence = new List<Evidence> { new("Health", $"{settings.Source}{settings.Health} answers {health.Status}") };
        var blind = new List<string>();
        foreach (var query in settings.Up ?? [])
        {
            var value = await prometheus.AskAsync(new MetricServer(settings.Source, settings.Token), query, cancellationToken);
            var said = value.Trouble ?? $"gives {CheckMetricVerifier.Shown(value.Number)}";
            context.Log.Write(value is { Trouble: null, Number: 1 } ? LogStream.Out : LogStream.Error, $"“{query}” {said}");
            evidence.Add(new Evidence(query, said));
            if (value is not { Trouble: null, Number: 1 }) blind.Add($"“{query}” {said.TrimEnd('.')}");
        }

        return blind.Count == 0 ? new StepOutcome.Succeeded(evidence) : Down($"Monitoring would not notice what happens to {context.Subject}: {string.Join("; ", blind)}.") with { Evidence = evidence };
    }

    private static StepOutcome.Failed Down(string reason) => new(Words.Beginning(reason, LongestReason), HaltCause.MonitoringDown);
}
