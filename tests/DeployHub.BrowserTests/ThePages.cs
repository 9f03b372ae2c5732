using DeployHub.Web.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace DeployHub.BrowserTests;

/// <summary>Whether <see cref="EveryPage"/> can be believed.</summary>
public sealed class ThePages(Site site)
{
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
        await using var tab = await site.OpenAsync(null);
        await tab.Page.GotoAsync("/sign-in");
        await tab.Page.LoadAxeAsync();
        await tab.Page.EvaluateAsync("document.querySelector('main').append(document.createElement('img'))");

        (await tab.Page.ViolationsAsync()).ShouldContain(violation => violation.StartsWith("image-alt at "));
    }
}
