namespace DeployHub.Domain.Models.Steps;

/// <summary>Looks at a component version before anything is touched, once for each version of the plan: it belongs to verifyComponents only.</summary>
public abstract record ComponentCheck : StepSettings
{
    private protected ComponentCheck() { }
}
