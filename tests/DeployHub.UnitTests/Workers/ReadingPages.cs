using DeployHub.Worker.Checks;

namespace DeployHub.UnitTests.Workers;

public sealed class ReadingPages
{
    private const string Html =
        """
        <!doctype html><html><head><title> The
          shop </title><base href="/v2/"><link rel="icon" href="i.ico"><link rel="stylesheet" href="app.css?1"><style>.x{}</style></head>
        <body><h1>Welcome &amp; <em>hello</em></h1><script src="app.js"></script><script>var secret = "Error";</script>
        <img src="https://cdn.example/x.png"><img src="/logo.svg#top"><a href="cart">Cart</a> <a href="#up">Up</a> <a href="mailto:a@b.example">Mail</a> <a href="cart#a">Again</a><a href="//other.example/">Other</a></body></html>
        """;

    private readonly ReadPage _page = PageReader.Read(Html, new Uri("https://shop.example/v2/start"));

    [Fact]
    public void A_page_is_read_as_a_visitor_reads_it() => (_page.Title, _page.Text).ShouldBe(("The shop", "Welcome & hello Cart Up Mail AgainOther"));

    [Fact]
    public void Where_a_redirect_led_is_shown_without_what_may_be_a_session() =>
        CheckPageVerifier.WithoutQuery(new Uri("https://ada:lovelace@shop.example:8443/v2/start?ticket=ST-1#top")).ShouldBe("https://shop.example:8443/v2/start");

    [Fact]
    public void Only_what_lies_on_the_same_site_is_asked_for_and_each_once()
    {
        _page.Assets.Select(url => url.AbsoluteUri).ShouldBe(["https://shop.example/v2/app.css?1", "https://shop.example/v2/app.js", "https://shop.example/logo.svg"]);
        _page.Links.Select(url => url.AbsoluteUri).ShouldBe(["https://shop.example/v2/cart", "https://shop.example/v2/"]);
    }
}
