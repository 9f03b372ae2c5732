namespace DeployHub.Features.Notifications;

/// <summary>From a page to where people find it.</summary>
public static class Links
{
    /// <param name="address">Under which people reach this DeployHub; it may lead into a folder, such as <c>https://example.com/deployhub</c>.</param>
    /// <param name="path">Of a page, with a slash before it.</param>
    public static string To(this Uri address, string path) => address.GetLeftPart(UriPartial.Path).TrimEnd('/') + path;
}
