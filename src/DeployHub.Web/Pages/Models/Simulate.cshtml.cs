using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Domain.Runs;
using DeployHub.Features.Deployments;
using DeployHub.Features.Models;
using DeployHub.Web.Pages.Deployments;
using DeployHub.Web.Pages.Shared;
using DeployHub.Web.Pages.Shared.TagHelpers;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Models;

/// <summary>The run that a plan would become. Nothing is started or saved, so the address may ask for it as well as the form.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class SimulateModel(ISender sender) : PageModel
{
    [FromRoute]
    public string Slug { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public PlanForm Input { get; set; } = new();

    /// <summary>Number of the model's version; null takes the published one, or the newest where none is published.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Version { get; set; }

    /// <summary>A document that is not published, instead of a version.</summary>
    [BindProperty]
    public string? Document { get; set; }

    /// <summary>The target whose steps are shown; null for the first.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Subject { get; set; }

    public ShowModel.View Shown { get; private set; } = null!;

    public ShowPlanningChoices.View Choices { get; private set; } = null!;

    /// <summary>What may be adapted in the version or the document.</summary>
    public IReadOnlyList<Parameter> Parameters { get; private set; } = [];

    public SimulateRun.View? Result { get; private set; }

    /// <summary>Nobody is asked for a reason here, so what only removes has its own.</summary>
    private PlanInput Plan
    {
        get
        {
            var plan = Input.ToInput() with { Model = Slug, ModelVersion = Version };
            return RemovalInput.AreAll(plan.Versions) ? plan with { Reason = ReasonCode.Removal } : plan;
        }
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } missing) return missing;

        ModelState.Clear(); // nothing was submitted yet, so nothing is wrong yet
        return Plan is { Environment.Length: > 0, Versions.Count: > 0 } ? await SimulateAsync(cancellationToken) : Page();
    }

    /// <summary>Something was chosen: the other fields follow.</summary>
    public async Task<IActionResult> OnPostChooseAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken) is { } missing) return missing;

        ModelState.Clear();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken) is { } missing ? missing : ModelState.IsValid ? await SimulateAsync(cancellationToken) : Page();

    private async Task<IActionResult> SimulateAsync(CancellationToken cancellationToken)
    {
        var simulated = await sender.Send(new SimulateRun(Plan, Document.OrNull(), Subject.OrNull()), cancellationToken);
        if (simulated.Error is { } refusal) return IsAboutDocument(refusal) ? this.ShowAgain(OfDocument(refusal)) : this.ShowAgain(PlanErrors.ForForm(refusal), nameof(Input));

        Result = simulated.Value;
        return Page();
    }

    private static bool IsAboutDocument(Error refusal) => refusal.Code.StartsWith("model.", StringComparison.Ordinal);

    /// <summary>Its places are those of a text in one field.</summary>
    private static Error OfDocument(Error refusal) => refusal with { Fields = new Dictionary<string, string[]> { [nameof(Document)] = [.. refusal.Fields.SelectMany(field => field.Value).DefaultIfEmpty(refusal.Message)] } };

    /// <summary>Null when it was found.</summary>
    private async Task<IActionResult?> LoadAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowModel(Slug), cancellationToken);
        if (shown.Error is not null) return this.ShowAgain(shown.Error);

        Shown = shown.Value;
        if (Version is null && Document.OrNull() is null && !Shown.Versions.Any(edition => edition.Status is ModelVersionStatus.Published)) Version = Shown.Version;
        Choices = await sender.Send(new ShowPlanningChoices(Plan with { Model = "" }), cancellationToken);
        Parameters = await ParametersAsync(cancellationToken);
        return null;
    }

    private async Task<IReadOnlyList<Parameter>> ParametersAsync(CancellationToken cancellationToken)
    {
        if (Document.OrNull() is { } document) return (await sender.Send(new CheckModel(document), cancellationToken)).Parameters;

        var version = await sender.Send(new ShowModelVersion(Slug, Version ?? Shown.Version), cancellationToken);
        return version.Error is null ? version.Value.Content?.Parameters ?? [] : [];
    }

    /// <summary>What happened in the phases of Execute so far is nothing; the stairs are those that are planned.</summary>
    internal static StairPhase Stair(SimulateRun.Phase phase, bool isLast) => new(
        phase.Name, MarkState.Waiting, (phase.Exposure ?? 0) / 100d, Word: Words.Count(phase.Targets, "target"),
        Next: string.Join(", ", new[] { phase.Soak > TimeSpan.Zero ? $"observed for {RelativeTime.Words(phase.Soak)}" : null, isLast ? null : phase.Promotion is Promotion.Manual ? "then a person promotes it" : "then on by itself" }.OfType<string>()));

    internal static IEnumerable<SimulateRun.Phase> OfExecute(SimulateRun.View simulated) => simulated.Phases.Where(phase => phase.Stage is Stage.Execute);
}
