using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Models.Reviewing;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Reviews;

/// <summary>Reviews, what is due first at the top.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender) : PageModel
{
    /// <summary>What people type to ask for the review of a deployment.</summary>
    public sealed class ScheduleForm
    {
        public string? Deployment { get; set; }

        public string? Occasion { get; set; }

        public DateOnly? DueOn { get; set; }
    }

    /// <summary>True for those that are closed.</summary>
    [FromQuery]
    public bool Closed { get; set; }

    /// <summary>Slug of the only model wanted.</summary>
    [FromQuery(Name = "model")]
    public string? Slug { get; set; }

    [FromQuery]
    public string? After { get; set; }

    [BindProperty]
    public ScheduleForm Input { get; set; } = new();

    public Page<ListReviews.Row> List { get; private set; } = new([], null);

    public string Only => string.IsNullOrEmpty(Slug) ? "" : $"model={Uri.EscapeDataString(Slug)}";

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (this.Unread(nameof(Input)) is { } unread) return await AgainAsync(unread, cancellationToken); // a day that is none is not a day left out

        var scheduled = await sender.Send(new ScheduleReview(Input.Occasion ?? "", null, Input.Deployment, Input.DueOn), cancellationToken);
        if (scheduled.Error is { } refusal) return await AgainAsync(refusal, cancellationToken);

        this.Flash($"{scheduled.Value} is scheduled.");
        return Redirect($"/reviews/{scheduled.Value}");
    }

    /// <summary>The form asks for no model: what is said of it is said of the deployment.</summary>
    private async Task<IActionResult> AgainAsync(Error refusal, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        var fields = refusal.Fields.GroupBy(field => field.Key is nameof(ScheduleReview.Model) ? nameof(Input.Deployment) : field.Key, field => field.Value);
        return this.ShowAgain(refusal with { Fields = fields.ToDictionary(field => field.Key, field => field.SelectMany(sentences => sentences).ToArray()) }, nameof(Input));
    }

    private async Task LoadAsync(CancellationToken cancellationToken) => List = await sender.Send(new ListReviews(Closed, Slug, After), cancellationToken);
}
