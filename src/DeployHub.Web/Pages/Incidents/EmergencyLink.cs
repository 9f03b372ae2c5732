namespace DeployHub.Web.Pages.Incidents;

/// <summary>From an incident to the emergency form, with everything filled in that is known.</summary>
public static class EmergencyLink
{
    public static string To(string service, string? environment, string reference, int severity)
    {
        var query = QueryString.Create("Input.Service", service).Add("Input.Incident", reference);
        if (environment is not null) query = query.Add("Input.Environment", environment);
        if (severity == 1) query = query.Add("Input.IsGravest", "true");
        return $"/deployments/emergency{query}";
    }
}
