namespace DeployHub.Web.Pages.Shared;

/// <summary>A place of the main navigation.</summary>
/// <param name="Key">Second key of the shortcut <c>g …</c>.</param>
public sealed record Place(string Href, string Icon, string Name, string Key)
{
    public bool Holds(PathString path) => Href == "/" ? path == "/" : path.StartsWithSegments(Href);
}

/// <summary>The main navigation, grouped as people work: what moves, what there is, what we know.</summary>
public static class Navigation
{
    public static readonly IReadOnlyList<(string Name, IReadOnlyList<Place> Places)> Groups =
    [
        ("Work", [new("/", "home", "Home", "h"), new("/inbox", "checklist", "Inbox", "n"), new("/backlog", "stack-2", "Backlog", "l"), new("/deployments", "rocket", "Deployments", "d"), new("/campaigns", "list-details", "Campaigns", "t"), new("/incidents", "alert-octagon", "Incidents", "x"), new("/calendar", "calendar", "Calendar", "k")]),
        ("Estate", [new("/environments", "layout-grid", "Environments", "e"), new("/services", "sitemap", "Services", "s"), new("/components", "package", "Components", "c"), new("/partners", "users", "Partners", "b")]),
        ("Practice",
        [
            new("/models", "route", "Models", "m"), new("/reviews", "clipboard-check", "Reviews", "v"), new("/improvements", "trending-up", "Improvements", "i"),
            new("/records", "file-certificate", "Records", "r"), new("/practice", "stairs-up", "Practice", "p"),
        ]),
        ("", [new("/help", "help", "Help", "?"), new("/admin", "settings", "Administration", "a")]),
    ];

    /// <summary>Without any role nothing but the first page has something to say.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<Place> Places)> GroupsFor(bool hasRole) => hasRole ? Groups : [("", [Groups[0].Places[0]])];
}
