using DeployHub.Domain.Inventory;
using DeployHub.Features.Deployments;
using DeployHub.Web.Pages.Shared;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>The decision by which something is removed, exactly as it was typed.</summary>
public sealed class RemovalForm
{
    public string? DecidedBy { get; set; }

    public DateOnly? DecidedOn { get; set; }

    public string? Reference { get; set; }

    public string? DependantsAccepted { get; set; }

    public static bool IsRemoval(string? version) => version?.EndsWith($"@{WatchedFact.Absent}", StringComparison.Ordinal) is true;

    public RemovalInput ToInput() => new()
    {
        DecidedBy = DecidedBy?.Trim() ?? "",
        DecidedOn = DecidedOn,
        Reference = Reference?.Trim() ?? "",
        DependantsAccepted = DependantsAccepted.OrNull(),
    };

    public static RemovalForm Of(RemovalInput? removal) => removal is null ? new() : new()
    {
        DecidedBy = removal.DecidedBy,
        DecidedOn = removal.DecidedOn,
        Reference = removal.Reference,
        DependantsAccepted = removal.DependantsAccepted,
    };
}
