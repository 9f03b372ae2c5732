using System.Text.Encodings.Web;
using DeployHub.Web.Pages.Shared.TagHelpers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace DeployHub.UnitTests.Pages;

public sealed class DrawingElements
{
    [Fact]
    public async Task A_state_is_word_and_shape_and_colour()
    {
        var html = await Draw(new StateMarkTagHelper { State = MarkState.RolledBack });

        html.ShouldContain("data-state=\"rolled-back\"");
        html.ShouldContain("<svg class=\"shape\"");
        html.ShouldContain(">Rolled back<");
    }

    [Fact]
    public void Each_of_the_six_states_has_its_own_shape() =>
        Enum.GetValues<MarkState>().Select(state => state.Shape()).Distinct().Count().ShouldBe(6);

    [Fact]
    public async Task A_compact_strip_still_says_its_stages_in_words() =>
        (await Draw(new StageStripTagHelper { Compact = true, Stages = [new("Execute", MarkState.Halted, Detail: "web-03")] })).ShouldContain("<span class=\"visually-hidden\">Execute: Halted</span>");

    [Fact]
    public async Task What_people_typed_is_never_markup()
    {
        var html = await Draw(new TargetGridTagHelper { Targets = [new("<b>", MarkState.Passed, "<i>", "<u>", "/x", "\"<q>")] });

        html.ShouldNotContain("<b>");
        html.ShouldNotContain("<i>");
        html.ShouldNotContain("<u>");
        html.ShouldNotContain("\"<q>");
    }

    [Fact]
    public async Task Bars_that_overlap_lie_beneath_each_other()
    {
        var at = new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);
        GanttBar Bar(string name, int from, int to) => new(name, at.AddSeconds(from), at.AddSeconds(to), MarkState.Passed);

        GanttLanes.Place([Bar("Upload", 0, 10), Bar("Warm up", 10, 40), Bar("Back up", 10, 20), Bar("Tell", 20, 30), Bar("Start", 40, 50)])
            .Select(placed => (placed.Bar.Name, placed.Lane, placed.Lanes))
            .ShouldBe([("Upload", 0, 1), ("Back up", 0, 2), ("Warm up", 1, 2), ("Tell", 0, 2), ("Start", 0, 1)]);
        GanttBar[] both = [Bar("Warm up", 0, 30), Bar("Back up", 0, 20)];
        (await Draw(new GanttTagHelper { Rows = [new("web-1", both)] })).ShouldContain("data-lanes=\"2\"");
    }

    [Fact]
    public async Task A_fleet_is_counted_in_words()
    {
        var targets = Enumerable.Range(1, 200).Select(n => new GridTarget($"host-{n}", n == 7 ? MarkState.Halted : MarkState.Passed, n == 7 ? "Unreachable" : "Verified"));

        var html = await Draw(new TargetGridTagHelper { Targets = targets });

        html.ShouldContain(">199 verified<");
        html.ShouldContain(">1 unreachable<");
    }

    [Fact]
    public async Task A_fleet_shows_failures_first_by_name_and_folds_what_passed()
    {
        var targets = Enumerable.Range(1, 100).Select(n => new GridTarget($"host-{n}", n == 77 ? MarkState.Halted : MarkState.Passed, n == 77 ? "Failed" : "Verified", n <= 50 ? "Batch 1" : "Batch 2")).ToList();

        var html = await Draw(new TargetGridTagHelper { Targets = targets });

        html.IndexOf(">host-77<", StringComparison.Ordinal).ShouldBeLessThan(html.IndexOf(">host-1<", StringComparison.Ordinal));
        html.ShouldContain("target-cells named");
        html.ShouldContain(">Batch 1: 50 verified<");
        html.ShouldContain(">Batch 2: 49 verified<");
    }

    [Fact]
    public async Task A_rack_keeps_its_batches_with_failures_first_in_each()
    {
        var html = await Draw(new TargetGridTagHelper { Targets = [new("a", MarkState.Passed, Group: "1"), new("b", MarkState.Passed, Group: "2"), new("c", MarkState.Halted, Group: "2")] });

        ((string[])[">1<", ">a<", ">2<", ">c<", ">b<"]).Select(part => html.IndexOf(part, StringComparison.Ordinal)).ShouldBeInOrder();
        html.ShouldNotContain("<details");
    }

    [Fact]
    public async Task What_was_done_when_is_drawn_and_said()
    {
        var start = new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);
        var html = await Draw(new GanttTagHelper { Rows = [new("web-1", [new("Install", start, start.AddSeconds(30), MarkState.Passed), new("Check <it>", start.AddSeconds(30), start.AddSeconds(60), MarkState.Halted)])] });

        html.ShouldContain("<rect data-state=\"passed\" height=\"10\" width=\"500\" x=\"0\" y=\"0\">");
        html.ShouldContain("<td>Check &lt;it&gt;</td><td>Halted</td><td class=\"number\">08:00:30</td><td class=\"number\">30 s</td>");
        html.ShouldNotContain("style=");
    }

    [Fact]
    public async Task A_digest_is_short_and_whole_on_hover()
    {
        var html = await Draw(new DigestTagHelper { Value = "sha256:9f86d081884c7d659a2feaa0c55ad015" });

        html.ShouldContain(">9f86d081884c<");
        html.ShouldContain("title=\"sha256:9f86d081884c7d659a2feaa0c55ad015\"");
    }

    [Fact]
    public void An_icon_that_was_not_chosen_is_a_mistake_of_ours() =>
        Should.Throw<ArgumentException>(() => Icons.Paths("no-such-icon")).Message.ShouldContain("Browser.targets");

    [Fact]
    public async Task A_call_in_the_drawer_can_be_pasted_into_a_shell()
    {
        var call = new ApiCallTagHelper { Method = "POST", Path = "/api/v1/services", Body = """{"name":"Ann's"}""", ViewContext = View() };
        var calls = new Microsoft.AspNetCore.Html.HtmlContentBuilder();

        await Draw(call, new() { [ApiDrawerTagHelper.Slot] = calls });

        using var writer = new StringWriter();
        calls.WriteTo(writer, HtmlEncoder.Default);
        System.Net.WebUtility.HtmlDecode(writer.ToString()).ShouldContain("""
            curl -X POST 'https://hub.example/api/v1/services' \
              -H "Authorization: Bearer $DEPLOYHUB_TOKEN" \
              -H 'Content-Type: application/json' \
              -d '{"name":"Ann'\''s"}'
            """);
    }

    [Fact]
    public async Task A_refusal_leads_to_the_field_it_is_about()
    {
        var view = View();
        view.ModelState.AddModelError("Input.Name", "A service has a name.");

        (await Draw(new RefusalTagHelper { ViewContext = view })).ShouldContain("<a href=\"#Input_Name\">A service has a name.</a>");
    }

    [Fact]
    public async Task Nothing_is_refused_while_nothing_is_wrong() => (await Draw(new RefusalTagHelper { ViewContext = View() })).ShouldBeEmpty();

    private static ViewContext View() => new()
    {
        HttpContext = new DefaultHttpContext { Request = { Scheme = "https", Host = new HostString("hub.example") } },
        ViewData = new ViewDataDictionary(new EmptyModelMetadataProvider(), new ModelStateDictionary()),
    };

    private static async Task<string> Draw(TagHelper helper, Dictionary<object, object>? items = null)
    {
        var context = new TagHelperContext([], items ?? [], "id");
        var output = new TagHelperOutput("x", [], (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent()));
        await helper.ProcessAsync(context, output);

        using var writer = new StringWriter();
        output.WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }
}
