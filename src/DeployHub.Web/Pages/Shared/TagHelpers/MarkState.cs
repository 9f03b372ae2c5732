namespace DeployHub.Web.Pages.Shared.TagHelpers;

/// <summary>
/// The six shapes of UI-2. Every status of every machine maps to one of them; the word beside the shape says which status it is.
/// </summary>
public enum MarkState
{
    /// <summary>Hollow ring: not reached yet, or waits for a person, a time, a lock.</summary>
    Waiting,

    /// <summary>Half-filled disc: in motion.</summary>
    Running,

    /// <summary>Full disc with a tick.</summary>
    Passed,

    /// <summary>Octagon with an exclamation mark: stands still until somebody decides.</summary>
    Halted,

    /// <summary>Square with an arrow back.</summary>
    RolledBack,

    /// <summary>Ring with a stroke through it: will not happen.</summary>
    Cancelled,
}

internal static class Marks
{
    private const string Ring = """<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>""";

    /// <summary>The value of <c>data-state</c>, which <c>hub.css</c> turns into colour.</summary>
    public static string Css(this MarkState state) => state is MarkState.RolledBack ? "rolled-back" : state.ToString().ToLowerInvariant();

    /// <summary>What the state is called where nobody gave a more exact word.</summary>
    public static string Word(this MarkState state) => state is MarkState.RolledBack ? "Rolled back" : state.ToString();

    /// <summary>The shape alone; decoration, because the word is always beside it.</summary>
    public static string Shape(this MarkState state) =>
        $"""<svg class="shape" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">{Drawing(state)}</svg>""";

    private static string Drawing(MarkState state) => state switch
    {
        MarkState.Waiting => Ring,
        MarkState.Running => Ring + """<path d="M8 3.5a4.5 4.5 0 0 1 0 9z" fill="currentColor"/>""",
        MarkState.Passed => """<circle cx="8" cy="8" r="7" fill="currentColor"/><path class="cut" d="M4.7 8.3l2.3 2.3 4.3-4.7"/>""",
        MarkState.Halted => """<path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" fill="currentColor"/><path class="cut" d="M8 4.4v4.2M8 11.4v.2"/>""",
        MarkState.RolledBack => """<rect x="1" y="1" width="14" height="14" rx="3" fill="currentColor"/><path class="cut" d="M6.3 4.2L4 6.5l2.3 2.3M4.3 6.5h4.9a2.6 2.6 0 0 1 0 5.2H6.6"/>""",
        MarkState.Cancelled => Ring + """<path d="M4 12L12 4" stroke="currentColor" stroke-width="2"/>""",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
