using DeployHub.Domain.Partners;

namespace DeployHub.Domain.Deployments.Aligning;

/// <summary>An organisation that has to agree before a run starts; who they are is material (domain §2.4.2).</summary>
/// <param name="Key">The organisation's key.</param>
/// <param name="IsByRule">False where the planner asked for it beyond what the rules say.</param>
public sealed record PlannedParty(OrganisationId Id, string Key, bool IsByRule);
