using System.Text.RegularExpressions;
using DeployHub.UnitTests.Models;
using DeployHub.Web.Pages.Help;

namespace DeployHub.UnitTests.Documentation;

/// <summary>The guides as the product shows them.</summary>
public sealed partial class ReadingGuides
{
    private static readonly string Folder = Path.Combine(Written.Root, "docs", "guide");

    public static TheoryData<string> Names => [.. Guides.All.Select(guide => guide.Name)];

    [Fact]
    public void Every_guide_ships_and_the_overview_names_it()
    {
        var written = Directory.GetFiles(Folder).Select(file => Path.GetFileNameWithoutExtension(file)).Append("step-kinds").Order();
        Guides.All.Select(guide => guide.Name).Order().ShouldBe(written);

        var overview = Guides.Find(Guides.Overview)!.Html;
        foreach (var guide in Guides.All.Where(guide => guide.Name is not Guides.Overview)) overview.ShouldContain($"\"{guide.Address}\"");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_link_leads_somewhere_in_the_product(string name)
    {
        foreach (var address in Links().Matches(Guides.Find(name)!.Html).Select(link => link.Groups[1].Value))
            LeadsSomewhere(name, address).ShouldBeTrue($"{name} links to {address}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_link_leads_somewhere_between_the_files_too(string name)
    {
        var file = Path.Combine(name == "step-kinds" ? Path.GetDirectoryName(Folder)! : Folder, $"{name}.md");
        foreach (var target in FileLinks().Matches(File.ReadAllText(file)).Select(link => link.Groups[1].Value))
            File.Exists(Path.Combine(Path.GetDirectoryName(file)!, target)).ShouldBeTrue($"{name} links to {target}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void None_needs_what_the_security_policy_forbids(string name)
    {
        var guide = Guides.Find(name)!;
        guide.Html.ShouldNotContain(" style=");
        guide.Html.ShouldNotContain("<script");
        guide.Html.ShouldNotContain("&lt;!--");
        guide.Sections.Select(section => section.Anchor).ShouldBeUnique();
    }

    [Fact]
    public void Markup_in_a_guide_is_text() =>
        GuideText.Read("x", "# <b>x\n\n<script>alert(1)</script> <img src=x>\n").Html.ShouldNotContain("<script", Case.Insensitive);

    [Theory]
    [InlineData("models.md#secrets-that-are-named", "/help/models#secrets-that-are-named")]
    [InlineData("../step-kinds.md", "/help/step-kinds")]
    [InlineData("guide/README.md", "/help")]
    [InlineData("../schemas/model-v1.json", "/schemas/model/v1.json")]
    [InlineData("#here", "#here")]
    [InlineData("https://example.com/a.md", "https://example.com/a.md")]
    public void A_link_between_files_becomes_one_of_the_site(string link, string address) => GuideText.AddressOf(link).ShouldBe(address);

    [Fact]
    public void What_pages_link_as_help_is_there()
    {
        foreach (var (page, name, anchor) in GuideFor.Pages)
        {
            var guide = Guides.Find(name).ShouldNotBeNull(page);
            if (anchor.Length > 0) guide.Sections.ShouldContain(section => section.Anchor == anchor, page);
        }

        GuideFor.Page("/models/shop-web/versions/2/form")!.Value.Address.ShouldBe("/help/models#three-ways-to-write-it");
        GuideFor.Page("/models/starters")!.Value.Guide.Name.ShouldBe("starters");
        GuideFor.Page("/models/shop-web")!.Value.Guide.Name.ShouldBe("models");
        GuideFor.Page("/deployments/new")!.Value.Guide.Name.ShouldBe("planning");
        GuideFor.Page("/deployments/DEP-2026-000118")!.Value.Guide.Name.ShouldBe("planning");
        GuideFor.Page("/deployments/DEP-2026-000118/runs/1")!.Value.Guide.Name.ShouldBe("phases");
        GuideFor.Page("/calendar/exceptions/EXC-2026-000001")!.Value.Guide.Name.ShouldBe("calendar");
        GuideFor.Page("/").ShouldBeNull();
    }

    [Fact]
    public void Every_word_has_to_be_found_and_headings_come_first()
    {
        var hits = Guides.Search("step library");
        hits[0].Address.ShouldBe("/help/models#the-step-library");
        hits.ShouldAllBe(hit => Holds(hit, "step") && Holds(hit, "library"));

        Guides.Search("HAProxy nosuchword").ShouldBeEmpty();
        Guides.Search("  ").ShouldBeEmpty();
        Guides.Search("SOD-5")[0].Excerpt.ShouldContain("SOD-5");
    }

    private static bool Holds(GuideHit hit, string word) =>
        hit.Section.Heading.Contains(word, StringComparison.OrdinalIgnoreCase) || hit.Section.Text.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static bool LeadsSomewhere(string from, string address)
    {
        if (address.StartsWith("https://", StringComparison.Ordinal)) return true;
        if (Schemas().Match(address) is { Success: true } schema) return File.Exists(Path.Combine(Written.Root, "docs", "schemas", $"{schema.Groups[1].Value}-v1.json"));

        var (path, anchor) = address.Split('#') is [var one, var two] ? (one, two) : (address, "");
        var guide = path.Length == 0 ? Guides.Find(from) : Guides.All.FirstOrDefault(other => other.Address == path);
        return guide is not null && (anchor.Length == 0 || guide.Sections.Any(section => section.Anchor == anchor));
    }

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Links();

    [GeneratedRegex(@"\]\(([^)#:]+)(#[^)]*)?\)")]
    private static partial Regex FileLinks();

    [GeneratedRegex(@"\A/schemas/(model|block)/v1\.json\z")]
    private static partial Regex Schemas();
}
