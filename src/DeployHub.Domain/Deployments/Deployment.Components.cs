namespace DeployHub.Domain.Deployments;

/// <summary>What it moves.</summary>
public sealed partial class Deployment
{
    /// <summary>Ids of the components that it moves, kept beside the plan so that it is found under every service that owns one, and among those that hold them.</summary>
    public IReadOnlyList<Guid> ComponentIds
    {
        get => [.. Plan.Versions.Select(version => version.ComponentId.Value)];
        private set { } // read from the plan
    }
}
