namespace DeployHub.Web.Pages.Models;

/// <summary>What people type to ask for a review.</summary>
public sealed class ReviewForm
{
    public string? Occasion { get; set; }

    public DateOnly? DueOn { get; set; }
}
