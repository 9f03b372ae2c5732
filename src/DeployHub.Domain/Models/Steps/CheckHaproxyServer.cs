namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// Asks HAProxy over its runtime API, from the worker's machine, whether users come to one server of a backend, until the answer is the expected
/// one. Changes nothing.
/// </summary>
/// <param name="Addresses">The runtime API of each HAProxy: <c>host:port</c>, or the path of a socket; every one of them has to say so.</param>
/// <param name="TakesTraffic">False expects that no user comes to it: it is drained, in maintenance, down or without weight.</param>
/// <param name="Within">How long it may take, such as <c>30s</c>.</param>
/// <param name="Every">The pause between two questions.</param>
/// <param name="Backend">As the configuration names it.</param>
/// <param name="Server">As the backend names it.</param>
public sealed record CheckHaproxyServer(IReadOnlyList<string> Addresses, string Backend, string Server, bool TakesTraffic = true, string Within = "10s", string Every = "1s") : StepSettings;
