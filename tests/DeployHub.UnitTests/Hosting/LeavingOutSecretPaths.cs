using DeployHub.Web.Hosting;
using Serilog.Events;
using Serilog.Parsing;

namespace DeployHub.UnitTests.Hosting;

/// <summary>The token in a partner's address reaches no log.</summary>
public sealed class LeavingOutSecretPaths
{
    [Theory]
    [InlineData("/p/dho_secret", "/p/…")]
    [InlineData("/P/dho_secret", "/P/…")]
    [InlineData("/partners/bank", "/partners/bank")]
    [InlineData("/", "/")]
    [InlineData("/p/dho_secret/more", "/p/…/more")]
    [InlineData("https://hub.example.com/p/dho_secret", "https://hub.example.com/p/…")]
    [InlineData("/calendar/feeds/dhc_secret.ics", "/calendar/feeds/…")]
    [InlineData("/calendar/feeds/dhc_secret/services/web.ics", "/calendar/feeds/…/services/web.ics")]
    [InlineData("?token=secret&handler=Answer", "?token=…&handler=Answer")]
    [InlineData("/by-link?token=dhl_secret", "/by-link?token=…")]
    [InlineData("a client with dh_AbCdEfGhIjKlMnOpQrStUvWxYz", "a client with dh_…")]
    [InlineData("the folder dh_web", "the folder dh_web")]
    [InlineData("p/dho_secret/more", "p/…/more")]
    [InlineData("?back=%2Fp%2Fdho_secret%2Fmore", "?back=%2Fp%2F…%2Fmore")]
    [InlineData("%2Fby-link%2Fdhl_AbCdEfGhIjKlMnOpQrStUvWxYz", "%2Fby-link%2Fdhl_…")]
    [InlineData("/deployments?page=p/s", "/deployments?page=p/s")]
    public void A_line_names_the_page_and_not_its_key(string path, string shown)
    {
        var line = new LogEvent(DateTimeOffset.UnixEpoch, LogEventLevel.Warning, null, new MessageTemplate([new TextToken("It failed")]), [new LogEventProperty("RequestPath", new ScalarValue(path))]);
        new SecretPaths().Enrich(line, null!);
        ((ScalarValue)line.Properties["RequestPath"]).Value.ShouldBe(shown);
    }
}
