using DeployHub.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Playwright;

namespace DeployHub.BrowserTests;

[Collection(nameof(OneEstate))]
public sealed class EveryPage(Estate estate)
{
    public static TheoryData<string, string> Places => [.. Place.All.Select(place => (place.Address, place.Person ?? "nobody"))];

    [Fact]
    public async Task Is_looked_at()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(Program).Assembly.GetName().Name });
        builder.Services.AddPagesUi();
        await using var app = builder.Build();
        app.MapRazorPages();

        var routes = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Select(page => page.RoutePattern.RawText!).ToHashSet();
        routes.Remove("Index"); // the other name of "/"

        routes.Except(Place.Formless).Except(Place.All.Select(place => place.Route)).ShouldBeEmpty("These pages are looked at by no test; add them to Place.All.");
        Place.All.Select(place => place.Route).Concat(Place.Formless).Except(routes).ShouldBeEmpty("There is no such page any more.");
    }

    [Fact]
    public async Task Is_checked_by_something_that_finds_mistakes()
    {
        var tab = await estate.TabOfAsync(null);
        await tab.Page.GotoAsync("/sign-in");
        await tab.Page.LoadAxeAsync();
        await tab.Page.EvaluateAsync("document.querySelector('main').append(document.createElement('img'))");

        (await tab.Page.ViolationsAsync()).ShouldContain(violation => violation.StartsWith("image-alt at "));
    }

    [Theory, MemberData(nameof(Places))]
    public async Task Reads_well_in_light_in_dark_and_on_a_phone(string address, string person)
    {
        var place = Place.All.Single(known => known.Address == address && (known.Person ?? "nobody") == person);
        var tab = await estate.TabOfAsync(place.Person);
        var earlier = tab.Complaints.Count;
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await tab.Page.SetViewportSizeAsync(1280, 800);
        var answer = await tab.Page.GotoAsync(estate.AddressOf(place.Address));
        answer!.Status.ShouldBe(place.Status);

        await tab.Page.LoadAxeAsync();
        (await tab.Page.ViolationsAsync()).ShouldBeEmpty("light");
        await tab.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        (await tab.Page.ViolationsAsync("color-contrast", "link-in-text-block")).ShouldBeEmpty("dark"); // nothing else differs there
        await tab.Page.SetViewportSizeAsync(375, 740);
        (await tab.Page.ViolationsAsync()).ShouldBeEmpty("375 px");
        (await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth")).ShouldBe(0, "it scrolls sideways at 375 px");
        tab.Complaints.Skip(earlier).Where(complaint => place.Status == 200 || !complaint.Contains($"status of {place.Status}")).ShouldBeEmpty();
    }
}
