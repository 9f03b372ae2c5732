using DeployHub.Domain.Deployments;
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

    public RemovalInput ToInput() => new()
    {
        DecidedBy = DecidedBy?.Trim() ?? "",
        DecidedOn = DecidedOn,
        Reference = Reference?.Trim() ?? "",
        DependantsAccepted = DependantsAccepted.OrNull(),
    };

    /// <summary>What fills the form from an address; nothing where nothing is removed.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Query(PlannedRemoval? removal)
    {
        if (removal is null) yield break;

        yield return new("Input.Removal.DecidedBy", removal.DecidedBy);
        yield return new("Input.Removal.DecidedOn", $"{removal.DecidedOn:yyyy-MM-dd}");
        yield return new("Input.Removal.Reference", removal.Reference);
        if (removal.DependantsAccepted is { } reason) yield return new("Input.Removal.DependantsAccepted", reason);
    }

    public static RemovalForm Of(RemovalInput? removal) => removal is null ? new() : new()
    {
        DecidedBy = removal.DecidedBy,
        DecidedOn = removal.DecidedOn,
        Reference = removal.Reference,
        DependantsAccepted = removal.DependantsAccepted,
    };
}
