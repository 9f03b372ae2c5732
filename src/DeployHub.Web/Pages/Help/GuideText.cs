using System.Globalization;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace DeployHub.Web.Pages.Help;

/// <summary>
/// From the Markdown of a guide to what its page shows. The same files are read on the shelf of a repository, so their links are those between
/// files, and are written anew here. Markup in a guide is text: nothing gets past it to the page.
/// </summary>
internal static partial class GuideText
{
    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).UsePreciseSourceLocation().Build();

    public static Guide Read(string name, string markdown)
    {
        var text = Comments().Replace(markdown.ReplaceLineEndings("\n"), "");
        var document = Markdown.Parse(text, Pipeline);
        var sections = Sections(document, text);
        Prepare(document);
        return new Guide(name, sections[0].Heading, Html(document), sections);
    }

    /// <summary>Where a link of a guide leads on the site.</summary>
    public static string AddressOf(string link)
    {
        if (FileLink().Match(link) is { Success: true } file) return $"{Guide.AddressOf(file.Groups["name"].Value)}{file.Groups["anchor"].Value}";
        return SchemaLink().Replace(link, "/schemas/${of}/${version}.json");
    }

    private static List<GuideSection> Sections(MarkdownDocument document, string text)
    {
        var headings = document.OfType<HeadingBlock>().ToList();
        return
        [
            .. headings.Select((heading, i) => new GuideSection(
                TextOf(heading), heading.Level == 1 ? "" : heading.GetAttributes().Id ?? "", heading.Level,
                Plain(text[(heading.Span.End + 1)..(i + 1 < headings.Count ? headings[i + 1].Span.Start : text.Length)]))),
        ];
    }

    private static string Plain(string markdown) => Gaps().Replace(Markdown.ToPlainText(markdown, Pipeline), " ").Trim();

    private static string TextOf(HeadingBlock heading) => string.Concat(heading.Inline!.Descendants().Select(inline => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        _ => "",
    }));

    private static void Prepare(MarkdownDocument document)
    {
        foreach (var link in document.Descendants<LinkInline>()) link.Url = AddressOf(link.Url ?? "");
        foreach (var code in document.Descendants<CodeBlock>()) code.GetAttributes().AddProperty("tabindex", "0"); // a wide one is scrolled by keys
        foreach (var column in document.Descendants<Table>().SelectMany(table => table.ColumnDefinitions)) column.Alignment = null; // it would be a style in place
        foreach (var table in document.Descendants<Table>()) table.GetAttributes().AddClass("table");
        foreach (var heading in document.OfType<HeadingBlock>().ToList())
            if (heading.Level == 1) document.Remove(heading);
            else heading.Inline!.AppendChild(ToItself(heading));
    }

    private static LinkInline ToItself(HeadingBlock heading)
    {
        var link = new LinkInline { Url = string.Create(CultureInfo.InvariantCulture, $"#{heading.GetAttributes().Id}") };
        link.GetAttributes().AddClass("anchor");
        link.GetAttributes().AddProperty("aria-label", $"Link to “{TextOf(heading)}”");
        link.AppendChild(new LiteralInline("#"));
        return link;
    }

    private static string Html(MarkdownDocument document)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.FindExact<CodeBlockRenderer>()!.OutputAttributesOnPre = true;
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlTableRenderer>(new FramedTable());
        renderer.Render(document);
        return writer.ToString();
    }

    [GeneratedRegex(@"^<!--.*-->\n", RegexOptions.Multiline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"\A(\.\./|\./|guide/)*(?<name>[A-Za-z0-9-]+)\.md(?<anchor>#.*)?\z")]
    private static partial Regex FileLink();

    [GeneratedRegex(@"\A\.\./schemas/(?<of>[a-z]+)-(?<version>v[0-9]+)\.json\z")]
    private static partial Regex SchemaLink();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Gaps();

    /// <summary>A wide table is scrolled in its frame, and not the page.</summary>
    private sealed class FramedTable : HtmlTableRenderer
    {
        protected override void Write(HtmlRenderer renderer, Table table)
        {
            renderer.EnsureLine();
            renderer.Write("<div class=\"table-frame\" tabindex=\"0\">");
            base.Write(renderer, table);
            renderer.WriteLine("</div>");
        }
    }
}
