using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Calendar.Freezes;

/// <summary>What people type about a freeze.</summary>
public sealed class FreezeForm
{
    /// <summary>A body for the drawers.</summary>
    public const string Example = """{"name":"Weekend","reason":"Reduced staffing","scope":{"environment":"production"},"when":{"start":"2026-12-04T15:00","end":"2026-12-07T07:00","zone":"Europe/Stockholm","rule":"FREQ=WEEKLY;BYDAY=FR"},"exempt":["Emergency"],"approverQuality":"EnvironmentOwner"}""";

    public static readonly IReadOnlyList<SelectListItem> Categories = [.. Enum.GetValues<ChangeCategory>().Select(category => new SelectListItem(Words.Title(category), category.ToString()))];

    /// <summary>Beside the environment's owner, who grants them unless somebody else is chosen.</summary>
    public static readonly IReadOnlyList<SelectListItem> Qualities =
    [
        .. Enum.GetValues<ApproverQuality>().Where(quality => quality is not Domain.Access.ApproverQuality.EnvironmentOwner)
            .Select(quality => new SelectListItem(Words.Title(quality), quality.ToString())),
    ];

    public string? Name { get; set; }

    public string? Reason { get; set; }

    public ScopeForm Scope { get; set; } = new() { IsChosen = true };

    public RecurrenceForm When { get; set; } = new() { Repeats = Repeats.Once };

    public List<ChangeCategory> Exempt { get; set; } = [];

    public ApproverQuality? ApproverQuality { get; set; }

    public string? ApproverEmail { get; set; }
}
