namespace DeployHub.Web.Pages.Shared;

/// <summary>Where the following rows of a list are; the filters stay.</summary>
public static class NextPage
{
    public static string Href(HttpRequest request, string after)
    {
        var query = QueryString.Create(request.Query.Where(item => item.Key != "after").SelectMany(
            item => item.Value, (item, value) => KeyValuePair.Create(item.Key, value)));
        return $"{request.Path}{query.Add("after", after)}";
    }
}
