namespace DeployHub.Web.Pages.Calendar.Windows;

/// <summary>What people type about a window.</summary>
public sealed class WindowForm
{
    /// <summary>A body for the drawers.</summary>
    public const string Example = """{"name":"Working hours","reason":"The team is at work","owner":"Dora Manager","scope":{"environment":"production"},"when":{"start":"2026-12-07T09:00","end":"2026-12-07T16:00","zone":"Europe/Stockholm","rule":"FREQ=WEEKLY;BYDAY=MO,TU,WE,TH","except":["2026-12-24"]}}""";

    public string? Name { get; set; }

    public string? Reason { get; set; }

    public string? Owner { get; set; }

    public ScopeForm Scope { get; set; } = new();

    public RecurrenceForm When { get; set; } = new();

    /// <summary>The row version that was looked at; null for a new one.</summary>
    public uint? Seen { get; set; }
}
