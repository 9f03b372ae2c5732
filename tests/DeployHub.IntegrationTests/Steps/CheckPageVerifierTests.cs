using System.Net;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.IntegrationTests.Steps;

public sealed class CheckPageVerifierTests : ExecutorContract
{
    private readonly TestHttp _shop = new(Answer);

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => new CheckPage($"{_shop.Url}/", Title: "Shop", Must: ["Welcome, dear visitor"], MustNot: ["Internal Server Error"], Links: 5);

    protected override (StepSettings, string[])? Failing => (new CheckPage($"{_shop.Url}/broken", Within: "1s"), [$"{_shop.Url}/broken", "/gone.js (404)"]);

    protected override (StepSettings, string?)? Endless => (new CheckPage($"{_shop.Url}/", Must: ["Closed"], Within: "1h"), null);

    protected override StepSettings? Telling => new CheckPage($"{_shop.Url}/", Must: ["${secret:planted}"], Within: "1s");

    [Fact]
    public async Task Redirects_are_followed_so_far_and_no_farther()
    {
        (await SucceedsAsync(new CheckPage($"{_shop.Url}/old")))["Led to"].ShouldBe($"{_shop.Url}/");
        (await FailsAsync(new CheckPage($"{_shop.Url}/round", Within: "1s"))).Reason.ShouldContain("more than 5 redirects");
        (await FailsAsync(new CheckPage($"{_shop.Url}/away", Within: "1s"))).Reason.ShouldContain("none of HTTP");
    }

    [Fact]
    public async Task What_stands_on_it_decides()
    {
        (await FailsAsync(new CheckPage($"{_shop.Url}/", Title: "Bank", Within: "1s"))).Reason.ShouldContain("is called “The Shop”, without “Bank”");
        (await FailsAsync(new CheckPage($"{_shop.Url}/", Must: ["Goodbye"], Within: "1s"))).Cause.ShouldBe(HaltCause.HealthCheckFailed);
        (await FailsAsync(new CheckPage($"{_shop.Url}/", MustNot: ["dear visitor"], Within: "1s"))).Reason.ShouldContain("says “dear visitor”");
        (await FailsAsync(new CheckPage($"{_shop.Url}/app.css", Within: "1s"))).Reason.ShouldContain("is no page but text/css");
        await SucceedsAsync(new CheckPage($"{_shop.Url}/broken", Assets: 0));
    }

    protected override Task CleanUpAsync() => _shop.DisposeAsync().AsTask();

    private static Task<(int, string)> Answer(HttpListenerContext context)
    {
        context.Response.ContentType = context.Request.RawUrl == "/app.css" ? "text/css" : "text/html; charset=utf-8";
        var (status, body) = context.Request.RawUrl switch
        {
            "/" => (200, "<title>The Shop</title><link rel=stylesheet href=app.css><h1>Welcome,\n dear <em>visitor</em></h1><a href=/cart>Cart</a>"),
            "/broken" => (200, "<title>Broken</title><script src=gone.js></script>"),
            "/app.css" => (200, "h1{}"),
            "/cart" => (200, "<title>Cart</title>"),
            "/old" => (301, "/"),
            "/round" => (302, "/round"),
            "/away" => (302, "ftp://elsewhere.example/"),
            _ => (404, "gone"),
        };
        if (status is 301 or 302) context.Response.RedirectLocation = body;
        return Task.FromResult((status, body));
    }
}
