using DeployHub.Features.ValueStream.Incidents;
using DeployHub.Web.Pages.Shared;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>The incident that it is for: one that is open, or what no incident tool has reported.</summary>
public sealed partial class EmergencyModel
{
    private const int MostOffered = 50;

    /// <summary>Open ones of the service, or of every one where none is known.</summary>
    public IReadOnlyList<ListIncidents.Row> Incidents { get; private set; } = [];

    /// <summary>The one that is named; null where it is not known, or several tools have it.</summary>
    public ListIncidents.Row? Known { get; private set; }

    public string? IncidentHint => Known is { } known ? $"{known.Title}, severity {known.Severity}" : Incidents.Count > 0 ? "Open incidents are offered; anything else may be written, too" : null;

    private async Task LoadIncidentsAsync(CancellationToken cancellationToken)
    {
        Incidents = (await sender.Send(new ListIncidents(Input.Service.OrNull(), Open: true, Limit: MostOffered), cancellationToken)).Rows;
        Known = Input.Incident.OrNull() is { } named && (await sender.Send(new ListIncidents(Reference: named, Open: true, Limit: 2), cancellationToken)).Rows is [var only] ? only : null;
    }
}
