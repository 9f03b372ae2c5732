using DeployHub.Domain.Deployments;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Comparing;
using DeployHub.Features.Deployments.Forecasting;
using DeployHub.Features.Deployments.Relations;
using DeployHub.Features.Deployments.TargetLists;
using DeployHub.Features.Deployments.Templates;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>What comes before and after, what is live, how long it takes, and plans made of this one.</summary>
public sealed partial class DetailsModel
{
    [BindProperty]
    public TemplateForm Template { get; set; } = new();

    public ShowRelations.View Relations { get; private set; } = null!;

    /// <summary>Only while nothing has started.</summary>
    public LiveAgainstComing? Live { get; private set; }

    /// <summary>Only while nothing has started, and a run could be.</summary>
    public PlanForecast? Forecast { get; private set; }

    /// <summary>Only while nothing has started.</summary>
    public TargetChanges Targets { get; private set; } = TargetChanges.None;

    private async Task LoadOutlookAsync(CancellationToken cancellationToken)
    {
        Relations = (await sender.Send(new ShowRelations(Number), cancellationToken)).Value;
        if (!IsOpen) return;

        Live = (await sender.Send(new ShowLiveAgainstComing(Number), cancellationToken)).Value;
        Forecast = await sender.Send(new ShowForecast(Number), cancellationToken) is { Error: null } forecast ? forecast.Value : null;
        Targets = (await sender.Send(new ShowTargetChanges(Number), cancellationToken)).Value;
    }

    public async Task<IActionResult> OnPostPlanNewTargetsAsync(CancellationToken cancellationToken)
    {
        var planned = await sender.Send(new PlanNewTargets(Number), cancellationToken);
        return planned.Error is { } error ? await RefusedAsync(error, cancellationToken) : LocalRedirect($"/deployments/{planned.Value}");
    }

    public async Task<IActionResult> OnPostMakeTemplateAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear(); // other forms of the page were not sent
        var saved = await sender.Send(new SavePlanTemplate(Template.Key ?? "", Template.Name ?? "", Number), cancellationToken);
        if (saved.Error is { } error) return await OnGetAsync(cancellationToken) is PageResult ? this.ShowAgain(error, nameof(Template)) : NotFound();

        this.Flash($"The template {saved.Value} is kept; planning a deployment offers it.");
        return LocalRedirect($"/deployments/{Number}");
    }

    private async Task<IActionResult> SubmitAsync(CancellationToken cancellationToken)
    {
        var warning = await ForecastWarning.OfAsync(sender, Number, cancellationToken);
        return await AnswerAsync(new SubmitDeployment(Number), $"{Number} is submitted.{warning}", cancellationToken);
    }

    /// <summary>A template to keep, as it was typed.</summary>
    public sealed class TemplateForm
    {
        public string? Key { get; set; }

        public string? Name { get; set; }
    }
}
