using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Web.Pages.Shared;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>The short form: what, where, for which incident, and why. Everything else is chosen as it was last time.</summary>
[Authorize(Policy = nameof(Permission.PlanDeployments))]
public sealed partial class EmergencyModel(ISender sender, TimeProvider clock) : PageModel
{
    public sealed partial class Form
    {
        public string Environment { get; set; } = "";

        /// <summary>As <c>component@label</c>, or <c>component@absent</c> to take it away.</summary>
        public string Version { get; set; } = "";

        /// <summary>Key of the service that suffers, whose versions and incidents are offered first; null for none.</summary>
        public string? Service { get; set; }

        public string? Incident { get; set; }

        public bool IsGravest { get; set; }

        public string? Why { get; set; }

        /// <summary>Slug; null takes the one that was used last.</summary>
        public string? Model { get; set; }

        /// <param name="severity">Of the incident, where it is known.</param>
        public PlanInput ToInput(string? suggested, int? severity) => new()
        {
            Environment = Environment ?? "",
            Versions = string.IsNullOrWhiteSpace(Version) ? [] : [Version],
            Model = Model.OrNull() ?? suggested ?? "",
            Category = ChangeCategory.Emergency,
            Reason = IsRemoval ? Reason : ReasonCode.FixIncident,
            Removal = IsRemoval ? DecidedRemoval() : null,
            Incident = Incident.OrNull(),
            IncidentSeverity = IsGravest ? 1 : severity is > 1 ? severity : null, // the gravest is said by a person, for it opens the glass
        };
    }

    [BindProperty(SupportsGet = true)]
    public Form Input { get; set; } = new();

    public ShowPlanningChoices.View Choices { get; private set; } = null!;

    /// <summary>The model that is taken unless another one is chosen; null while nothing is chosen, or none fits.</summary>
    public string? Suggested { get; private set; }

    public IEnumerable<SelectListItem> Versions
    {
        get
        {
            var offered = Choices.Versions.OrderByDescending(version => version.Service == Input.Service).ToList(); // what it depends on may be the cause, too
            var services = offered.Select(version => version.Service).Distinct().ToDictionary(service => service, service => new SelectListGroup { Name = service });
            return offered.Select(version => new SelectListItem($"{version.Component} {version.Label}{(version.IsHere ? " (here now)" : "")}", version.Reference) { Group = services[version.Service] });
        }
    }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        if (Input.IsRemoval) Input.BeginRemoval(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        await LoadAsync(cancellationToken);
        ModelState.Clear(); // nothing was submitted yet, so nothing is wrong yet
    }

    public Task OnPostChooseAsync(CancellationToken cancellationToken) => OnGetAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (string.IsNullOrWhiteSpace(Input.Incident)) ModelState.AddModelError("Input.Incident", "Name the incident or security notice that it is for, such as INC-77.");
        if (string.IsNullOrWhiteSpace(Input.Why)) ModelState.AddModelError("Input.Why", "Say what it does and why it cannot wait: the reason becomes part of the record.");
        if (!ModelState.IsValid) return Page();

        var created = await sender.Send(new CreateDeployment(Input.ToInput(Suggested, Known?.Severity), null, Input.Why), cancellationToken);
        if (created.Error is { } error) return this.ShowAgain(ForForm(error), nameof(Input));

        var submitted = await sender.Send(new SubmitDeployment(created.Value), cancellationToken);
        if (submitted.Error is { } refusal) this.FlashWarning($"{created.Value} is saved as a draft, but not submitted: {refusal.Message}");
        else this.Flash($"{created.Value}: the emergency approvers are asked.");
        return LocalRedirect($"/deployments/{created.Value}");
    }

    private static Error ForForm(Error error)
    {
        var named = PlanErrors.ForForm(error);
        return named with { Fields = named.Fields.ToDictionary(field => field.Key == "Versions" ? "Version" : field.Key == "Description" ? "Why" : field.Key, field => field.Value) };
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        await LoadIncidentsAsync(cancellationToken);
        Suggested = string.IsNullOrWhiteSpace(Input.Environment) || string.IsNullOrWhiteSpace(Input.Version) ? null : await sender.Send(new SuggestModel(Input.Environment, [Input.Version]), cancellationToken);
        Choices = await sender.Send(new ShowPlanningChoices(Input.ToInput(Suggested, Known?.Severity)), cancellationToken);
    }
}
