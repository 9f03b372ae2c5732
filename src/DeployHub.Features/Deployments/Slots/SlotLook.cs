using DeployHub.Domain.Deployments;

namespace DeployHub.Features.Deployments.Slots;

/// <summary>When a worker looked last at what time does to a deployment. Apart from it, so that looking is no change that an editor would run into.</summary>
public sealed class SlotLook
{
    public DeploymentId DeploymentId { get; init; }

    /// <summary>Nobody else looks for a while.</summary>
    public DateTimeOffset LookedAt { get; set; }

    /// <summary>That it did not start by itself and why, as it was told last: the same is not told again, unless about another slot.</summary>
    public string? Told { get; set; }
}
