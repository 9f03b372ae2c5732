namespace DeployHub.Domain.Deployments.Relations;

/// <summary>What has to have become of a deployment before another one starts.</summary>
public enum PredecessorEnd
{
    /// <summary>It completed successfully.</summary>
    Success,

    /// <summary>It ended in any way.</summary>
    AnyEnd,
}

/// <summary>A deployment that another one starts after.</summary>
/// <param name="Number">Kept beside the id, so that a plan can be read by itself.</param>
public sealed record Predecessor(DeploymentId Id, string Number, PredecessorEnd Until = PredecessorEnd.Success)
{
    /// <summary>How many a plan may name.</summary>
    public const int Most = 20;
}
