using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using DeployHub.Features.ValueStream.Incidents;
using DeployHub.Web.Pages.Shared;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace DeployHub.Web.Pages.Incidents;

/// <summary>Reports an incident by hand, or corrects what is known of one.</summary>
[Authorize(Policy = nameof(Permission.ReportIncidents))]
public sealed class NewModel(ISender sender) : PageModel
{
    public sealed class Form
    {
        public string? Reference { get; set; }

        /// <summary>Key of the tool; empty for none.</summary>
        public string? Source { get; set; }

        public string? Title { get; set; }

        public int? Severity { get; set; }

        public string? Service { get; set; }

        public string? Environment { get; set; }

        /// <summary>UTC; empty for now.</summary>
        public DateTime? StartedAt { get; set; }

        public string? Address { get; set; }
    }

    /// <summary>The incident that is corrected; null for a new one.</summary>
    [FromQuery]
    public string? Correct { get; set; }

    [FromQuery]
    public string? Source { get; set; }

    /// <summary>Key of the service that somebody comes from.</summary>
    [FromQuery]
    public string? Service { get; set; }

    [BindProperty]
    public Form Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> Services { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Environments { get; private set; } = [];

    public IEnumerable<SelectListItem> Severities => Enumerable.Range(1, 4).Select(severity => new SelectListItem(severity switch { 1 => "1, the gravest", 4 => "4, the least", _ => $"{severity}" }, $"{severity}"));

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        Input.Service = Service;
        if (Correct is null) return Page();

        var shown = await sender.Send(new ShowIncident(Correct, Source), cancellationToken);
        if (shown.Error is not null) return NotFound();

        var known = shown.Value;
        Input = new Form
        {
            Title = known.Title,
            Severity = known.Severity,
            Service = known.Service,
            Environment = known.Environment,
            StartedAt = known.StartedAt.UtcDateTime,
            Address = known.Address,
        };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (this.Unread(nameof(Input)) is { } unread) return this.ShowAgain(unread, nameof(Input));

        var command = new ReportIncident(
            Correct ?? Input.Reference ?? "", Correct is null ? Input.Source.OrNull() : Source.OrNull(), Input.Title ?? "", Input.Severity ?? 0, Input.Service ?? "", Input.Environment.OrNull(), await StartedAsync(cancellationToken), null, Input.Address.OrNull());
        return (await sender.Send(command, cancellationToken)).Match(
            reported =>
            {
                this.Flash($"{reported.Reference} is {(reported.IsNew ? "reported" : "as you said it now")}.{(reported.Undecided > 0 ? $" {Words.Count(reported.Undecided, "deployment")} may have caused it." : "")}");
                return LocalRedirect(IncidentLookups.PathOf(reported.Reference, reported.Source));
            },
            error => this.ShowAgain(error, nameof(Input)));
    }

    /// <summary>The form knows no seconds: whoever left the time alone corrects everything but that.</summary>
    private async Task<DateTimeOffset?> StartedAsync(CancellationToken cancellationToken)
    {
        if (Input.StartedAt is not { } typed) return null;

        var known = Correct is null ? null : await sender.Send(new ShowIncident(Correct, Source), cancellationToken);
        var isLeftAlone = known is { Error: null } && known.Value.StartedAt.UtcDateTime is var before && before.AddTicks(-(before.Ticks % TimeSpan.TicksPerMinute)) == typed;
        return isLeftAlone ? null : new DateTimeOffset(DateTime.SpecifyKind(typed, DateTimeKind.Utc));
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Services = [.. (await sender.Send(new ListServices(Limit: 200), cancellationToken)).Rows.Select(service => new SelectListItem(service.Name, service.Key))];
        Environments = [.. (await sender.Send(new ListEnvironments(), cancellationToken)).Rows.Select(environment => new SelectListItem(environment.Name, environment.Key))];
    }
}
