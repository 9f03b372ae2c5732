using System.Globalization;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Access;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Features.Insights;
using DeployHub.Features.Inventory;
using DeployHub.Web.Pages.Shared;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Backlog;

/// <summary>What waits to be deployed, how old it is, what keeps it, and how fast things get through.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class IndexModel(ISender sender, Caller caller) : PageModel
{
    [FromQuery]
    public string? Service { get; set; }

    [FromQuery]
    public string? Environment { get; set; }

    [FromQuery]
    public bool WithoutStandard { get; set; }

    /// <summary>Number of the deployment that somebody does something about.</summary>
    [BindProperty]
    public string? Number { get; set; }

    [BindProperty]
    public int? Approval { get; set; }

    [BindProperty]
    public Priority Priority { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public ShowBacklog.View View { get; private set; } = null!;

    internal FlowPicture Flow { get; private set; } = null!;

    internal AgePicture Ages { get; private set; } = null!;

    internal PacePicture Weeks { get; private set; } = null!;

    public IReadOnlyList<SelectListItem> Environments { get; private set; } = [];

    public bool IsFiltered => !string.IsNullOrEmpty(Service) || !string.IsNullOrEmpty(Environment) || WithoutStandard;

    public bool MayPlan => caller.May(Permission.PlanDeployments);

    public IEnumerable<SelectListItem> Numbers => View.Rows.Select(row => new SelectListItem($"{row.Number} {row.Title}", row.Number));

    public IEnumerable<SelectListItem> Priorities => Enum.GetValues<Priority>().OrderDescending().Select(priority => new SelectListItem(Words.Title(priority), priority.ToString()));

    /// <summary>How fast, and how long the rest takes, in a sentence.</summary>
    public string Pace
    {
        get
        {
            var figures = View.Figures;
            return string.Create(CultureInfo.InvariantCulture, $"{figures.Quarter.Throughput:0.#} finished a week in the last 13 weeks, {figures.Lately.Throughput:0.#} in the last four; {figures.Lately.Arrivals:0.#} a week came in. ")
                + (figures.WeeksToClear is { } weeks ? string.Create(CultureInfo.InvariantCulture, $"At that pace what is open now is through in {weeks:0.#} weeks.") : "Nothing finished in 13 weeks, so nobody can say how long the rest takes.");
        }
    }

    /// <summary>How long things take, or how few say so.</summary>
    public string Cycle => View.Figures is { P50: { } p50, P85: { } p85 } figures
        ? $"From submission to completion half of {figures.Finished} took at most {Words.Of(p50)}, 85 of 100 at most {Words.Of(p85)}. {(figures.Old == 0 ? "Nothing that is open is older than that." : $"{figures.Old} of {figures.Wip} open ones {(figures.Old == 1 ? "is" : "are")} older than that.")}"
        : $"{Words.Count(View.Figures.Finished, "deployment")} finished in 13 weeks: too few to say how long things usually take.";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        View = await sender.Send(new ShowBacklog(Service, Environment, WithoutStandard), cancellationToken);
        (Flow, Ages, Weeks) = (new FlowPicture(View.Flow), new AgePicture(View), new PacePicture(View.ByWeek));
        var known = (await sender.Send(new ListEnvironments(Limit: 200), cancellationToken)).Rows.Where(environment => environment.IsLive).Select(environment => new SelectListItem(environment.Name, environment.Key)).ToList();
        Environments = string.IsNullOrEmpty(Environment) || known.Exists(item => item.Value == Environment) ? known : [.. known, new SelectListItem(Environment, Environment)];
        return Page();
    }

    public Task<IActionResult> OnPostNudgeAsync(CancellationToken cancellationToken) =>
        AnswerAsync(new NudgeApprover(Number ?? "", Approval ?? 0), $"Whoever may approve {Number} is reminded.", cancellationToken);

    public Task<IActionResult> OnPostPrioritiseAsync(CancellationToken cancellationToken) =>
        AnswerAsync(new PrioritiseDeployment(Number ?? "", Priority, Reason ?? ""), $"{Number} has {Words.Of(Priority)} priority now.", cancellationToken);

    private async Task<IActionResult> AnswerAsync(ICommand<Result> command, string done, CancellationToken cancellationToken)
    {
        if ((await sender.Send(command, cancellationToken)).Error is { } error) return await OnGetAsync(cancellationToken) is PageResult ? this.ShowAgain(error) : NotFound();

        this.Flash(done);
        return RedirectToPage(new { service = Service.OrNull(), environment = Environment.OrNull(), withoutStandard = WithoutStandard ? true : (bool?)null });
    }
}
