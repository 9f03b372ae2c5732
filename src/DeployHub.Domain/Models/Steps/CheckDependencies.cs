namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// What the version declared of other components holds once the plan is carried out, and so does what those that stay declared of it: by what the
/// environment runs now and what the same plan brings (domain §2.2.2 B2).
/// </summary>
/// <param name="Deployment">Number of the deployment whose plan is looked at; the run's own unless told.</param>
public sealed record CheckDependencies(string Deployment = "${deployment.number}") : ComponentCheck;
