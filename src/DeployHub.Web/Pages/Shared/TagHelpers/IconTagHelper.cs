using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DeployHub.Web.Pages.Shared.TagHelpers;

/// <summary>
/// One Tabler icon, inlined: <c>&lt;icon name="rocket" /&gt;</c>. It is decoration unless it carries a <c>label</c>. Only the icons
/// listed in <c>Browser.targets</c> exist.
/// </summary>
[HtmlTargetElement("icon", Attributes = "name", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class IconTagHelper : TagHelper
{
    public string Name { get; set; } = "";

    public string? Label { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Render("svg", "icon");
        output.Attributes.SetAttribute("viewBox", "0 0 24 24");
        output.Attributes.SetAttribute("width", "20");
        output.Attributes.SetAttribute("height", "20");
        output.Attributes.SetAttribute(Label is null ? "aria-hidden" : "role", Label is null ? "true" : "img");
        if (Label is not null) output.Attributes.SetAttribute("aria-label", Label);
        output.Content.SetHtmlContent(Icons.Paths(Name));
    }
}

internal static partial class Icons
{
    private static readonly ConcurrentDictionary<string, string> Known = new();

    /// <summary>The drawing without its frame.</summary>
    public static string Paths(string name) => Known.GetOrAdd(name, Read);

    public static IHtmlContent Svg(string name) =>
        new HtmlString($"""<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">{Paths(name)}</svg>""");

    private static string Read(string name)
    {
        using var stream = typeof(Icons).Assembly.GetManifestResourceStream($"icon/{name}")
            ?? throw new ArgumentException($"There is no icon “{name}”. Add it to the list in Browser.targets.", nameof(name));
        using var reader = new StreamReader(stream);
        return string.Concat(Shapes().Matches(reader.ReadToEnd()).Select(match => match.Value));
    }

    [GeneratedRegex("""<(?!svg|path stroke="none")[a-z]+ [^>]*/>""")]
    private static partial Regex Shapes();
}
