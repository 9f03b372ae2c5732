using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Features.Deployments;
using DeployHub.Features.Runs;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Records;

/// <summary>The account of one deployment, in order: people and DeployHub, plan, approvals, runs, evidence, outcome.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class DetailsModel(ISender sender) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    public ShowDeployment.View View { get; private set; } = null!;

    public IReadOnlyList<(ShowRun.View Run, IReadOnlyList<ListRunEvents.Row> Events, ShowChanges.View Changes)> Runs { get; private set; } = [];

    /// <summary>Separation of duties, in a sentence.</summary>
    public string Separation => SeparationInWords.Of(View.Planners, View.Approvals, [.. Runs.Select(run => run.Run.Operator).DistinctBy(person => person.Id)], View.BrokenGlass);

    /// <summary>A stage's event says no more than which stage it was.</summary>
    public static string What(ListRunEvents.Row happened) =>
        happened.Text.Length > 0 ? happened.Text : happened.Subject.StartsWith("stage:", StringComparison.Ordinal) ? Words.Title(happened.Subject["stage:".Length..]) : happened.Subject;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowDeployment(Number), cancellationToken);
        if (shown.Error is not null) return NotFound();

        View = shown.Value;
        var runs = new List<(ShowRun.View, IReadOnlyList<ListRunEvents.Row>, ShowChanges.View)>();
        foreach (var run in View.Runs.Reverse())
            runs.Add(((await sender.Send(new ShowRun(run.Name), cancellationToken)).Value, await sender.Send(new ListRunEvents(run.Name), cancellationToken), (await sender.Send(new ShowChanges(run.Name), cancellationToken)).Value));
        Runs = runs;
        return Page();
    }
}
