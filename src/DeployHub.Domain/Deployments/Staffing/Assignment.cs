using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments.Staffing;

/// <summary>Somebody whom a plan names for a role slot of its model, or as the operator. Named people are not material (domain §2.4.2).</summary>
/// <param name="Slot">Name of the slot.</param>
public sealed record Assignment(string Slot, Actor Person);
