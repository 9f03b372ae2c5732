using DeployHub.Domain.Deployments;

namespace DeployHub.Features.Deployments;

/// <summary>Who decided that the components which a plan removes are retired.</summary>
public sealed record RemovalInput
{
    /// <summary>The person or the board.</summary>
    public string DecidedBy { get; init; } = "";

    public DateOnly? DecidedOn { get; init; }

    /// <summary>Where the decision can be read, such as <c>CAB-2026-114</c> or an address.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Why what needs the components may stay without them; left out where nothing may.</summary>
    public string? DependantsAccepted { get; init; }

    public static RemovalInput? Of(PlannedRemoval? removal) => removal is null ? null
        : new() { DecidedBy = removal.DecidedBy, DecidedOn = removal.DecidedOn, Reference = removal.Reference, DependantsAccepted = removal.DependantsAccepted };
}
