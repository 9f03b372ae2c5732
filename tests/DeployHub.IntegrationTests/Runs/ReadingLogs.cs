using System.Net;
using System.Text.RegularExpressions;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>A log of 6,000 lines is searched, walked through and taken away.</summary>
public sealed partial class ReadingLogs(TestHub hub) : IClassFixture<TestHub>, IAsyncLifetime
{
    private Estate _estate = null!;
    private string _run = "";

    private string Address => $"/deployments/{_run.Replace("/R", "/runs/", StringComparison.Ordinal)}";

    public async ValueTask InitializeAsync()
    {
        _estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"));
        _run = await _estate.StartAsync();
        await hub.WorkOnAsync(_run);
        await hub.WriteAsync(_run, Stage.Execute, "t-1", 1, Enumerable.Range(1, 2800).Select(number => $"t-1 brings part {number}"));
        await hub.WriteAsync(_run, Stage.Execute, "t-2", 2, Enumerable.Range(1, 3000).Select(number => $"t-2 installs part {number}"));
        await hub.WriteAsync(_run, Stage.Execute, "t-2", 2, Enumerable.Range(1, 200).Select(number => $"100% of_part {number} <is> broken"), error: true);
    }

    [Fact]
    public async Task It_is_searched_by_text_target_step_and_error_output()
    {
        (await FindAsync(new(_run, Text: "brings PART 2800"))).ShouldHaveSingleItem().Subject.ShouldBe("t-1");
        (await FindAsync(new(_run, Text: "part 1", Subject: "t-2"))).ShouldAllBe(line => line.Subject == "t-2");
        (await FindAsync(new(_run, Step: "Install", Limit: 5000))).Count.ShouldBe(3200);
        (await FindAsync(new(_run, Step: "Install", Errors: true, Limit: 5000))).Count.ShouldBe(200);
        (await FindAsync(new(_run, Text: "100% of_part 7 <"))).ShouldHaveSingleItem();
        (await FindAsync(new(_run, Text: "10__ of"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_page_shows_a_part_of_it_and_leads_to_all_of_it_without_script()
    {
        using var browser = await hub.BrowserFor(Role.DeploymentPractitioner);
        var seen = new List<string>();
        for (var address = $"{Address}?text=installs"; address is not null;)
        {
            var page = Found(await browser.Read(address));
            page.Length.ShouldBeLessThan(250_000);
            seen.AddRange(Line().Matches(page).Select(line => line.Groups[1].Value));
            address = Later().Match(page) is { Success: true } later ? WebUtility.HtmlDecode(later.Groups[1].Value) : null;
        }

        seen.Count.ShouldBe(3000);
        seen.ShouldBeUnique();
    }

    [Fact]
    public async Task A_line_has_an_address_and_is_shown_among_those_around_it()
    {
        var line = (await FindAsync(new(_run, Text: "installs part 1500"))).Single();
        using var browser = await hub.BrowserFor(Role.DeploymentPractitioner);

        var found = Found(await browser.Read($"{Address}?line={line.Id}"));
        found.ShouldContain($"id=\"L{line.Id}\" class=\"\" aria-current=\"true\"");
        foreach (var around in (string[])["installs part 1475", "installs part 1501", "Earlier lines", "Later lines"]) found.ShouldContain(around);
        Found(await browser.Read($"{Address}?line=999999999")).ShouldContain("not there any more");
        Found(await browser.Read($"{Address}?text=broken&subject=t-1")).ShouldContain("No line is like that.");
    }

    [Fact]
    public async Task It_is_taken_away_as_text_whole_or_in_part()
    {
        using var browser = await hub.BrowserFor(Role.DeploymentPractitioner);
        using var answer = await browser.Get($"/api/v1{Address}/log.txt");
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe($"{_run.Replace('/', '-')}.log");

        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(6000);
        lines[0].ShouldEndWith(" t-1 Execute/1: t-1 brings part 1");
        lines[^1].ShouldEndWith(" t-2 Execute/2 error: 100% of_part 200 <is> broken");
        (await browser.Read($"/api/v1{Address}/log.txt?errors=true&text=part%2019")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(11);
    }

    public ValueTask DisposeAsync()
    {
        _estate.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<IReadOnlyList<ListLogLines.Row>> FindAsync(ListLogLines query) => await hub.AsSystem.Send(query);

    /// <summary>What the page found, without the end of the log that it always holds.</summary>
    private static string Found(string page) => page[page.IndexOf("id=\"log-search\"", StringComparison.Ordinal)..page.IndexOf("id=\"log-live\"", StringComparison.Ordinal)];

    [GeneratedRegex("<li id=\"L(\\d+)\"")]
    private static partial Regex Line();

    [GeneratedRegex("rel=\"next\" href=\"([^\"]+)\"")]
    private static partial Regex Later();
}
