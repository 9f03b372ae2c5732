using DeployHub.Domain.Access;
using DeployHub.Features.Models.Analysis;
using DeployHub.Features.Models.Reviewing;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Models;

/// <summary>What the records of a model say, and the reviews in which people talk about it.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class AnalysisModel(ISender sender) : PageModel
{
    private const int ShownReviews = 5;

    [FromRoute]
    public string Slug { get; set; } = "";

    /// <summary>Numbers of the versions wanted; none for the one in use.</summary>
    [FromQuery]
    public int[] Version { get; set; } = [];

    [BindProperty]
    public ReviewForm Input { get; set; } = new();

    public AnalyseModel.View Shown { get; private set; } = null!;

    /// <summary>Those that are not closed, and of the closed ones the newest.</summary>
    public IReadOnlyList<ListReviews.Row> Reviews { get; private set; } = [];

    public string Versions => string.Join(", ", Shown.Versions.Select(version => $"v{version}"));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) ?? Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (this.Unread(nameof(Input)) is { } unread) return await LoadAsync(cancellationToken) ?? this.ShowAgain(unread); // a day that is none is not a day left out

        var scheduled = await sender.Send(new ScheduleReview(Input.Occasion ?? "", Slug, null, Input.DueOn), cancellationToken);
        if (scheduled.Error is { } refusal) return await LoadAsync(cancellationToken) ?? this.ShowAgain(refusal, nameof(Input));

        this.Flash($"{scheduled.Value} is scheduled.");
        return Redirect($"/reviews/{scheduled.Value}");
    }

    /// <summary>Null when it was found.</summary>
    private async Task<IActionResult?> LoadAsync(CancellationToken cancellationToken)
    {
        var analysed = await sender.Send(new AnalyseModel(Slug, [.. Version.Distinct().Take(AnalyseModel.MostVersions)]), cancellationToken);
        if (analysed.Error is not null) return this.ShowAgain(analysed.Error);

        var open = await sender.Send(new ListReviews(Model: Slug, Limit: ShownReviews), cancellationToken);
        var closed = await sender.Send(new ListReviews(Closed: true, Model: Slug, Limit: ShownReviews), cancellationToken);
        (Shown, Reviews) = (analysed.Value, [.. open.Rows, .. closed.Rows]);
        return null;
    }
}
