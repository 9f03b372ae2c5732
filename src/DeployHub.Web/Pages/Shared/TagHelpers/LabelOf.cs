using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace DeployHub.Web.Pages.Shared.TagHelpers;

/// <summary>
/// What people call a field, where something above the field names it: “Owner: ”. The field says so when its turn comes; the page is written
/// out after that, so this is looked up while writing. Nothing for what has no field.
/// </summary>
internal sealed class LabelOf(HttpContext http, string field) : IHtmlContent
{
    public static void Keep(HttpContext http, string field, string label) => http.Items[Key(field)] = label;

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        if (http.Items[Key(field)] is string label) encoder.Encode(writer, $"{label}: ");
    }

    private static string Key(string field) => $"label of {field}";
}
