namespace DeployHub.Domain.Models.Steps;

/// <summary>What lists alerts.</summary>
public enum AlertSource
{
    /// <summary>A Prometheus-compatible server: alerts that fire now.</summary>
    Prometheus,

    /// <summary>An Alertmanager: alerts that are active and neither silenced nor inhibited.</summary>
    Alertmanager,
}

/// <summary>
/// Looks whether an incident is active: an alert that fires now. One halts with <c>ActiveIncident</c>, and only a deployment whose reason is
/// <c>FixIncident</c> may go on by a waiver. A source that gives no whole answer halts with <c>MonitoringDown</c>: it is never a pass.
/// </summary>
/// <param name="Source">Address, such as <c>http://alertmanager:9093</c>.</param>
/// <param name="Speaks">What answers there.</param>
/// <param name="Labels">What an alert must be labelled with to count, such as <c>service: shop</c>; left out, every alert counts.</param>
/// <param name="Severities">Which severities count, in any letter case; empty counts all. An alert that says no severity always counts.</param>
/// <param name="SeverityLabel">The label that says the severity.</param>
/// <param name="Token">Bearer token for the source, such as <c>${secret:alertmanager}</c>.</param>
public sealed record CheckIncidents(
    string Source, AlertSource Speaks = AlertSource.Prometheus, IReadOnlyDictionary<string, string>? Labels = null, IReadOnlyList<string>? Severities = null, string SeverityLabel = "severity",
    string? Token = null) : StepSettings
{
    /// <summary>Unless told.</summary>
    public static readonly IReadOnlyList<string> Severe = ["critical", "page", "sev1", "sev2"];
}
