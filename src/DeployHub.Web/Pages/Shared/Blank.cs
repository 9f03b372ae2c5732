namespace DeployHub.Web.Pages.Shared;

/// <summary>An empty field is an empty text; where leaving it empty means “none”, the command wants null.</summary>
public static class Blank
{
    public static string? OrNull(this string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
