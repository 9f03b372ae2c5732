using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Features.Deployments;
using DeployHub.Features.Models;
using DeployHub.Features.Runs;
using DeployHub.Web.Pages.Deployments;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Models;

/// <summary>A rehearsal in one page: everything that can be is chosen already, and one button plans it, submits it and starts its run.</summary>
[Authorize(Policy = nameof(Permission.EditModels))]
public sealed class RehearseModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Slug { get; set; } = "";

    [FromRoute]
    public int Number { get; set; }

    [BindProperty(SupportsGet = true)]
    public PlanForm Input { get; set; } = new();

    /// <summary>The environment that the page chose by itself; empty for none. While nobody chose another, it follows the component.</summary>
    [BindProperty]
    public string? Proposed { get; set; }

    public ShowModelVersion.View Shown { get; private set; } = null!;

    /// <summary>What could be chosen; null while the version is not in test.</summary>
    public SuggestRehearsal.View? Suggested { get; private set; }

    /// <summary>Parameters, targets and what it all means.</summary>
    public ShowPlanningChoices.View Choices { get; private set; } = null!;

    public string Address => $"/models/{Slug}/versions/{Number}";

    public RehearsalCase Case => Input.Rehearsal ?? RehearsalCase.Pass;

    /// <summary>Of the version in the form; null while none is in it.</summary>
    private string? Component => Input.Versions.FirstOrDefault(version => !string.IsNullOrEmpty(version))?.Split('@')[0];

    /// <summary>Nobody has to approve it, so its run starts at once.</summary>
    public bool StartsAtOnce => Choices.Preview is not { Approvals.Count: > 0 };

    /// <summary>Such as “ in Test”; empty while none is chosen.</summary>
    public string Where => Suggested?.Environments.FirstOrDefault(ground => ground.Key == Input.Environment) is { } ground ? $" in {ground.Name}" : "";

    /// <summary>Why the environment in the form is in it, in a sentence; null where a person chose it.</summary>
    public string? Why => Suggested is { } suggested && Follows(suggested) && suggested.Plan.Environment == (Input.Environment ?? "") ? suggested.Why : null;

    /// <summary>The environment that is suggested is for the component in the form; without one in it there is nothing to follow, unless there is none at all.</summary>
    private bool Follows(SuggestRehearsal.View suggested) => Component is not null || suggested.Plan.Versions.Count == 0;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await SuggestAsync(cancellationToken) is { } missing) return missing;

        if (Suggested is { } suggested)
        {
            if (Input.Environment is not { Length: > 0 }) Input.Environment = suggested.Plan.Environment;
            if (Input.Versions.Count == 0) Input.Versions = [.. suggested.Plan.Versions];
            Input.Rehearsal ??= suggested.Plan.Rehearsal!.Case;
            Proposed = suggested.Plan.Environment;
        }

        await ChooseAsync(cancellationToken);
        ModelState.Clear(); // nothing was submitted yet, so nothing is wrong yet
        return Page();
    }

    /// <summary>Something was chosen: the other fields follow.</summary>
    public async Task<IActionResult> OnPostChooseAsync(CancellationToken cancellationToken)
    {
        if (await SuggestAsync(cancellationToken) is { } missing) return missing;

        if (Suggested is { } suggested && Follows(suggested))
        {
            if ((Input.Environment ?? "") == (Proposed ?? "")) Input.Environment = suggested.Plan.Environment;
            Proposed = suggested.Plan.Environment;
        }

        await ChooseAsync(cancellationToken);
        ModelState.Clear();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } missing) return missing;
        if (StartsAtOnce && Choices.Preview?.CannotRun is { } cannot) ModelState.AddModelError("", cannot); // said before anything is planned that nobody could start
        if (!ModelState.IsValid) return Page();

        var created = await sender.Send(new CreateDeployment(Input.ToInput(), Input.Title, Input.Description), cancellationToken);
        return created.Error is { } refusal ? this.ShowAgain(PlanErrors.ForForm(refusal), nameof(Input)) : await StartAsync(created.Value, cancellationToken);
    }

    /// <summary>As far as it goes: what stands in the way of a run is told where that is decided.</summary>
    private async Task<IActionResult> StartAsync(string deployment, CancellationToken cancellationToken)
    {
        if ((await sender.Send(new SubmitDeployment(deployment), cancellationToken)).Error is { } unsubmitted)
            return LeadTo(deployment, $"{deployment} is saved as a draft, but not submitted: {unsubmitted.Message}");
        if (!StartsAtOnce) return LeadTo(deployment, $"{deployment} is submitted. Its run starts on demand once it is approved.");

        var started = await sender.Send(new StartRun(deployment), cancellationToken);
        return started.Error is { } closed
            ? LeadTo(deployment, $"{deployment} is submitted, but its run cannot start yet: {closed.Message}")
            : LocalRedirect($"/deployments/{started.Value.Replace("/R", "/runs/", StringComparison.Ordinal)}");
    }

    private LocalRedirectResult LeadTo(string deployment, string said)
    {
        this.Flash(said);
        return LocalRedirect($"/deployments/{deployment}");
    }

    private async Task<IActionResult?> LoadAsync(CancellationToken cancellationToken)
    {
        if (await SuggestAsync(cancellationToken) is { } missing) return missing;

        await ChooseAsync(cancellationToken);
        return null;
    }

    /// <summary>Null when the version was found.</summary>
    private async Task<IActionResult?> SuggestAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowModelVersion(Slug, Number), cancellationToken);
        if (shown.Error is not null) return this.ShowAgain(shown.Error);

        Shown = shown.Value;
        var suggested = await sender.Send(new SuggestRehearsal(Slug, Number, Input.Rehearsal, Component), cancellationToken);
        Suggested = suggested.Error is null ? suggested.Value : null;
        return null;
    }

    /// <summary>The version that is rehearsed and the reason stand in the address, not in the form.</summary>
    private async Task ChooseAsync(CancellationToken cancellationToken)
    {
        (Input.Model, Input.ModelVersion, Input.Rehearsal) = (Slug, Number, Case);
        (Input.Reason, Input.DeployAgain) = (ReasonCode.ModelRehearsal, true);
        Choices = await sender.Send(new ShowPlanningChoices(Input.ToInput()), cancellationToken);
        Input.Targets = [.. Input.Targets.Where(target => Choices.Targets.Any(known => known.Key == target))]; // those of another environment were chosen before
    }
}
