using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// Proves that a component is gone: every fact is read from the target with one command, and is absent, closed or not running. What is still
/// there fails with <c>VersionMismatchAfter</c>; what cannot be read is inconclusive. It belongs to <c>removal.proof</c>.
/// </summary>
/// <param name="Facts">What has to be gone: at most 50 files, packages, services, ports, certificates, settings and components.</param>
/// <param name="Containers">Names of containers that the engine must not have any more.</param>
/// <param name="Engine">Address of the container engine.</param>
public sealed record CheckAbsent(IReadOnlyList<WatchedFact>? Facts = null, IReadOnlyList<string>? Containers = null, string Engine = "unix:///var/run/docker.sock") : StepSettings;
