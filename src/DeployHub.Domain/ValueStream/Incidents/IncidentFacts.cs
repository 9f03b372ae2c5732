using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.ValueStream.Incidents;

/// <summary>What is said of an incident, by its tool or by a person.</summary>
/// <param name="Severity">From 1, the gravest, to 4.</param>
/// <param name="Environment">Where it is; null where nobody said.</param>
/// <param name="Address">Where it is kept in its tool; null for none.</param>
public sealed record IncidentFacts(string Title, int Severity, ServiceId Service, EnvironmentId? Environment, DateTimeOffset StartedAt, string? Address);
