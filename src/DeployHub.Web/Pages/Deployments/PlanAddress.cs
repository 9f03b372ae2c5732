using Microsoft.AspNetCore.Http.Extensions;

namespace DeployHub.Web.Pages.Deployments;

/// <summary>The planning form with some of it chosen already: the one way in which a page leads there.</summary>
public static class PlanAddress
{
    /// <param name="versions">Such as <c>greeter-web@1.1.0</c>.</param>
    /// <param name="environment">Key of the environment.</param>
    /// <param name="model">Slug of the model.</param>
    public static string Of(IEnumerable<string>? versions = null, string? environment = null, string? model = null)
    {
        var query = new QueryBuilder();
        if (environment is not null) query.Add("Input.Environment", environment);
        query.Add("Input.Versions", versions ?? []);
        if (model is not null) query.Add("Input.Model", model);
        return $"/deployments/new{query}";
    }
}
