namespace DeployHub.Domain.Deployments.Deviating;

/// <summary>A value that leaves the bounds of the model in one plan, which a deployment manager has to approve (domain §2.7).</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="Rule">What the model says of it, going on from its name, such as “must lie between 1 and 20”.</param>
/// <param name="Reason">Why this plan leaves it.</param>
public sealed record PlannedDeviation(string Parameter, string Rule, string Reason);
