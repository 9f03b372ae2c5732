namespace DeployHub.Web.Pages.Shared;

/// <summary>Light, dark, or whatever the viewer's system says. Kept in a cookie so that the server writes it and nothing flashes.</summary>
public static class Theme
{
    public const string Cookie = "theme";

    public static readonly IReadOnlyList<(string Value, string Icon, string Name)> Choices =
        [("light", "sun", "Light"), ("dark", "moon", "Dark"), ("", "device-desktop", "As the system")];

    /// <summary>Null follows the system.</summary>
    public static string? Of(HttpRequest request) => request.Cookies[Cookie] is "light" or "dark" ? request.Cookies[Cookie] : null;
}
