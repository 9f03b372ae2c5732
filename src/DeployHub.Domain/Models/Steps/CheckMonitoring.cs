namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// Looks whether anybody would notice if the deployment broke something: monitoring itself is healthy and sees what is deployed to. Anything
/// but a good answer halts with <c>MonitoringDown</c>.
/// </summary>
/// <param name="Source">Address of a Prometheus-compatible server or an Alertmanager, such as <c>http://prometheus:9090</c>.</param>
/// <param name="Health">The path that answers 200 to 299 while it is well.</param>
/// <param name="Up">PromQL that each have to give 1, such as <c>min(up{instance=~"${target.name}:.*"})</c>.</param>
/// <param name="Token">Bearer token for the source, such as <c>${secret:prometheus}</c>.</param>
public sealed record CheckMonitoring(string Source, string Health = "/-/healthy", IReadOnlyList<string>? Up = null, string? Token = null) : StepSettings;
