using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.ValueStream.Incidents;
using DeployHub.Features.Access;
using DeployHub.Features.ValueStream.Incidents;
using Mediator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace DeployHub.Web.Pages.Incidents;

/// <summary>One incident: what may have caused it and who says so, what is done about it, and what restored it.</summary>
[Authorize(Policy = nameof(Permission.ViewDeployments))]
public sealed class DetailsModel(ISender sender, Caller caller) : PageModel
{
    public sealed class DecisionForm
    {
        /// <summary>Number of the linked deployment.</summary>
        public string? Deployment { get; set; }

        public string? Reason { get; set; }
    }

    public sealed class ResolutionForm
    {
        /// <summary>UTC; empty for now.</summary>
        public DateTime? ResolvedAt { get; set; }
    }

    [FromRoute]
    public string Reference { get; set; } = "";

    [FromQuery]
    public string? Source { get; set; }

    /// <summary>Number of the deployment that somebody wants to decide about; the first undecided one unless told.</summary>
    [FromQuery]
    public string? Decide { get; set; }

    [BindProperty]
    public DecisionForm Decision { get; set; } = new();

    [BindProperty]
    public DecisionForm Suspicion { get; set; } = new();

    [BindProperty]
    public ResolutionForm Resolution { get; set; } = new();

    public ShowIncident.View View { get; private set; } = null!;

    public bool MayDecide => caller.RefusalAround(Permission.AttributeIncidents, View.Service) is null;

    public bool MayReport => caller.RefusalAround(Permission.ReportIncidents, View.Service) is null;

    /// <summary>The link that is decided about; null for none.</summary>
    public ShowIncident.Suspect? Chosen => !MayDecide ? null
        : View.Links.FirstOrDefault(link => link.Deployment == (Decision.Deployment ?? Decide)) ?? View.Links.FirstOrDefault(link => link.Attribution is Attribution.Suspected);

    /// <summary>Where a form of the page is sent, or the page itself.</summary>
    public string Href(string? handler = null, string? decide = null)
    {
        var query = QueryString.Empty;
        if (View.Source != Incident.OwnSource) query = query.Add("source", View.Source);
        if (decide is not null) query = query.Add("decide", decide);
        if (handler is not null) query = query.Add("handler", handler);
        return $"/incidents/{Uri.EscapeDataString(View.Reference)}{query}";
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => await LoadAsync(cancellationToken) ?? Page();

    public Task<IActionResult> OnPostConfirmAsync(CancellationToken cancellationToken) => AnswerAsync(
        nameof(Decision), new ConfirmAttribution(Reference, Source, Decision.Deployment ?? "", Decision.Reason ?? ""), $"{Decision.Deployment} is confirmed as a cause.", cancellationToken);

    public Task<IActionResult> OnPostRejectAsync(CancellationToken cancellationToken) => AnswerAsync(
        nameof(Decision), new RejectAttribution(Reference, Source, Decision.Deployment ?? "", Decision.Reason ?? ""), $"{Decision.Deployment} is rejected as a cause.", cancellationToken);

    public Task<IActionResult> OnPostLinkAsync(CancellationToken cancellationToken) => AnswerAsync(
        nameof(Suspicion), new LinkIncident(Reference, Source, Suspicion.Deployment ?? "", Suspicion.Reason ?? ""), $"{Suspicion.Deployment} is suspected.", cancellationToken);

    public Task<IActionResult> OnPostResolveAsync(CancellationToken cancellationToken) => AnswerAsync(
        nameof(Resolution), new ResolveIncident(Reference, Source, Resolution.ResolvedAt is { } typed ? new DateTimeOffset(DateTime.SpecifyKind(typed, DateTimeKind.Utc)) : null), $"{Reference} is resolved.", cancellationToken);

    public Task<IActionResult> OnPostReopenAsync(CancellationToken cancellationToken) => AnswerAsync(nameof(Resolution), new ReopenIncident(Reference, Source), $"{Reference} is open again.", cancellationToken);

    private async Task<IActionResult> AnswerAsync(string form, ICommand<Result> command, string done, CancellationToken cancellationToken)
    {
        var refusal = this.Unread(form) ?? (await sender.Send(command, cancellationToken)).Error;
        if (await LoadAsync(cancellationToken) is { } elsewhere) return elsewhere;
        if (refusal is not null) return this.ShowAgain(refusal, form);

        this.Flash(done);
        return LocalRedirect(Href());
    }

    /// <summary>Null once it is loaded. Where several tools have the reference, the list shows which.</summary>
    private async Task<IActionResult?> LoadAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.Send(new ShowIncident(Reference, Source), cancellationToken);
        if (shown.Error is { } error) return error.Kind is ErrorKind.Conflict ? LocalRedirect($"/incidents?reference={Uri.EscapeDataString(Reference)}") : NotFound();

        View = shown.Value;
        return null;
    }
}
