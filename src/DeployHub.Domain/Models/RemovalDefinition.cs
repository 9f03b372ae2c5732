namespace DeployHub.Domain.Models;

/// <summary>How a component that a plan wants absent is taken away, and what proves that it is gone (domain §2.4.2).</summary>
/// <param name="Steps">Once for each target, in Execute, with <c>${component.key}</c> naming the component.</param>
/// <param name="Proof">Once for each target, when the deployment is verified: at least one looks at the target itself.</param>
public sealed record RemovalDefinition(IReadOnlyList<StepDefinition> Steps, IReadOnlyList<StepDefinition> Proof);
