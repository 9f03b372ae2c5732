using DeployHub.Domain;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace DeployHub.Web.Pages.Models;

/// <summary>The fields about why a version is made, which two forms share.</summary>
internal static class Intents
{
    private const string Prefix = "Intent.";

    public static ViewDataDictionary Fields(ViewDataDictionary page)
    {
        var fields = new ViewDataDictionary(page);
        fields.TemplateInfo.HtmlFieldPrefix = "Input";
        return fields;
    }

    /// <summary>Commands name them <c>Intent.Need</c>; the form calls them <c>Need</c>.</summary>
    public static Error ForForm(Error error) => error with
    {
        Fields = error.Fields.ToDictionary(field => field.Key.StartsWith(Prefix, StringComparison.Ordinal) ? field.Key[Prefix.Length..] : field.Key, field => field.Value),
    };
}
