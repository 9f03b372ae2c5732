namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// A component may be taken away: its retirement was decided, and nothing that stays in the environment needs it, unless the plan says why that
/// is accepted (domain §2.4.2). Every run of a plan that removes something does this by itself; no model says it.
/// </summary>
/// <param name="Component">Key of the component.</param>
/// <param name="Deployment">Number of the deployment whose plan is looked at.</param>
public sealed record CheckRemoval(string Component = "${component.key}", string Deployment = "${deployment.number}") : StepSettings;
