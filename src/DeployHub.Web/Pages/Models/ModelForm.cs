using DeployHub.Domain.Models;
using DeployHub.Features.Models;
using DeployHub.Web.Pages.Shared;

namespace DeployHub.Web.Pages.Models;

/// <summary>What people type when they plan a model or its next version, exactly as it was typed.</summary>
public sealed class ModelForm
{
    public string? Slug { get; set; }

    public string? Name { get; set; }

    public string? Purpose { get; set; }

    /// <summary>Slug of the model to begin with.</summary>
    public string? Starter { get; set; }

    /// <summary>Slug of the model to extend, instead.</summary>
    public string? Extends { get; set; }

    public DateOnly? ReviewBy { get; set; }

    public string? Need { get; set; }

    public decimal? SuccessRate { get; set; }

    public string? DurationP50 { get; set; }

    public string? DurationP85 { get; set; }

    public string? LeadTime { get; set; }

    public string? Reference { get; set; }

    public string? WideReason { get; set; }

    public static ModelForm Of(ModelIntent? intent) => intent is null ? new ModelForm() : new ModelForm
    {
        Need = intent.Need,
        SuccessRate = intent.SuccessRate,
        DurationP50 = intent.DurationP50,
        DurationP85 = intent.DurationP85,
        LeadTime = intent.LeadTime,
        Reference = intent.Reference,
        WideReason = intent.WideReason,
    };

    public CreateModel ToCreate() => new(Slug ?? "", Name ?? "", Purpose ?? "", ToIntent(), Starter.OrNull(), ReviewBy, Extends.OrNull());

    public ModelIntent ToIntent() => new(Need?.Trim() ?? "")
    {
        SuccessRate = SuccessRate,
        DurationP50 = DurationP50.OrNull()?.Trim(),
        DurationP85 = DurationP85.OrNull()?.Trim(),
        LeadTime = LeadTime.OrNull()?.Trim(),
        Reference = Reference.OrNull()?.Trim(),
        WideReason = WideReason.OrNull()?.Trim(),
    };
}
