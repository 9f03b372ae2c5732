namespace DeployHub.Web.Pages.Calendar.Exceptions;

/// <summary>What a planner types who asks for an exception.</summary>
public sealed class ExceptionForm
{
    public string? Freeze { get; set; }

    public string? Justification { get; set; }

    public string? Impact { get; set; }

    public string? OnCall { get; set; }

    public int? RollbackMinutes { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? Until { get; set; }
}
