using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments.Approving;

/// <summary>An emergency that was let start before anybody approved it (domain §2.4.1, row 3b).</summary>
/// <param name="PlanDigest">What was let start.</param>
public sealed record BrokenGlass(Actor By, DateTimeOffset At, string Reason, Digest PlanDigest);
