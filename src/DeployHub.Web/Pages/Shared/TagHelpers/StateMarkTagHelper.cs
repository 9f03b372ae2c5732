using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DeployHub.Web.Pages.Shared.TagHelpers;

/// <summary>
/// Word + shape + colour (UI-2): <c>&lt;state-mark state="Waiting" word="In review" /&gt;</c>. With <c>needs-you</c> it is solid: the
/// viewer is asked to act. With <c>compact</c> the word is for screen readers and the tooltip only; use it where a heading names the states.
/// </summary>
[HtmlTargetElement("state-mark", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class StateMarkTagHelper : TagHelper
{
    public MarkState State { get; set; }

    public string? Word { get; set; }

    public bool NeedsYou { get; set; }

    public bool Compact { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var word = Word ?? State.Word();
        output.Render("span", "state-mark", NeedsYou ? "needs-you" : null);
        output.Attributes.SetAttribute("data-state", State.Css());
        if (Compact) output.Attributes.SetAttribute("title", word);

        output.Content.AppendHtml(State.Shape());
        output.Content.AppendHtml(Html.Element("span", Compact ? "visually-hidden" : "word", word));
    }
}
