using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;

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

    /// <summary>As a plan says that the component is removed.</summary>
    /// <param name="component">Its key.</param>
    public static string ReferenceTo(string component) => $"{component}@{WatchedFact.Absent}";

    /// <param name="version">Such as <c>web@1.2.0</c>.</param>
    public static bool IsReference(string? version) => version?.EndsWith($"@{WatchedFact.Absent}", StringComparison.Ordinal) is true;

    /// <summary>Nothing is brought, and something removed.</summary>
    public static bool AreAll(IReadOnlyList<string> versions) => versions.Count > 0 && versions.All(IsReference);

    public static RemovalInput? Of(PlannedRemoval? removal) => removal is null ? null
        : new() { DecidedBy = removal.DecidedBy, DecidedOn = removal.DecidedOn, Reference = removal.Reference, DependantsAccepted = removal.DependantsAccepted };
}
