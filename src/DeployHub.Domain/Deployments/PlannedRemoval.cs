using System.Text.Json.Serialization;

namespace DeployHub.Domain.Deployments;

/// <summary>The decision by which a plan's components are retired (domain §2.4.2). Material: whoever approves the plan approves it.</summary>
/// <param name="DecidedBy">The person or the board.</param>
/// <param name="Reference">Where the decision can be read, such as <c>CAB-2026-114</c> or an address.</param>
/// <param name="DependantsAccepted">Why what needs the components may stay without them; null where nothing may.</param>
public sealed record PlannedRemoval(string DecidedBy, DateOnly DecidedOn, string Reference, string? DependantsAccepted = null)
{
    /// <summary>Such as “Decided by the board on 2026-11-20, CAB-2026-114”.</summary>
    [JsonIgnore]
    public string InWords => $"Decided by {DecidedBy} on {DecidedOn:yyyy-MM-dd}, {Reference}{(DependantsAccepted is { } reason ? $". What needs it may stay: {reason}" : "")}";
}
