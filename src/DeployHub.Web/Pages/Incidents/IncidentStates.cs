using DeployHub.Domain.ValueStream.Incidents;
using DeployHub.Web.Pages.Shared.TagHelpers;

namespace DeployHub.Web.Pages.Incidents;

/// <summary>How incidents and their links look.</summary>
internal static class IncidentStates
{
    public static MarkState Mark(this Attribution attribution) => attribution switch
    {
        Attribution.Suspected => MarkState.Waiting,
        Attribution.Confirmed => MarkState.Halted,
        _ => MarkState.Cancelled,
    };

    /// <summary>Of an incident that is over, or is not.</summary>
    public static MarkState Mark(bool isOpen, int severity) => !isOpen ? MarkState.Passed : severity <= Incident.Severe ? MarkState.Halted : MarkState.Waiting;

    /// <summary>Such as “Open, severity 1”.</summary>
    public static string Word(bool isOpen, int severity) => $"{(isOpen ? "Open" : "Resolved")}, severity {severity}";
}
