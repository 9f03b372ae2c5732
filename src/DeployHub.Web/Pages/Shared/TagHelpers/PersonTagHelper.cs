using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DeployHub.Web.Pages.Shared.TagHelpers;

/// <summary>Somebody: initials and name, and as what they act: <c>&lt;person name="@approval.By" role="Approver" /&gt;</c>. Null shows a dash.</summary>
[HtmlTargetElement("person", Attributes = "name", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PersonTagHelper : TagHelper
{
    public string? Name { get; set; }

    public string? Role { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Render("span", "person");
        if (string.IsNullOrWhiteSpace(Name))
        {
            output.Content.SetContent("–");
            return;
        }

        output.Content.AppendHtml(Html.Element("span", "initials", Initials(Name)).With("aria-hidden", "true"));
        output.Content.AppendHtml(Html.Element("span", "person-name", Name));
        if (Role is not null) output.Content.AppendHtml(Html.Element("span", "quiet", Role));
    }

    internal static string Initials(string name)
    {
        var words = name.Split([' ', '.', '-', '@'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return string.Concat(words.Where((_, position) => position == 0 || position == words.Length - 1).Select(word => char.ToUpperInvariant(word[0])));
    }
}
