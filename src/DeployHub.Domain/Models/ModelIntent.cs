namespace DeployHub.Domain.Models;

/// <summary>Why a version is made and how its success will show (domain A1). Measures that nobody set are null.</summary>
/// <param name="Need">What must become possible or better, in words.</param>
public sealed record ModelIntent(string Need)
{
    /// <summary>Percent of deployments that succeed, above 0 and at most 100.</summary>
    public decimal? SuccessRate { get; init; }

    /// <summary>Half of the runs take no longer, such as <c>20m</c>.</summary>
    public string? DurationP50 { get; init; }

    /// <summary>85 of 100 runs take no longer.</summary>
    public string? DurationP85 { get; init; }

    /// <summary>From planning to the verified end, for half of the deployments.</summary>
    public string? LeadTime { get; init; }

    /// <summary>Improvement, finding or change that asked for it.</summary>
    public string? Reference { get; init; }

    /// <summary>Why it applies to every kind and every tier, where it does.</summary>
    public string? WideReason { get; init; }
}
