using DeployHub.Web.Hosting;
using Serilog.Events;
using Serilog.Parsing;

namespace DeployHub.UnitTests.Hosting;

/// <summary>The token in a partner's address reaches no log.</summary>
public sealed class LeavingOutSecretPaths
{
    [Theory]
    [InlineData("/p/dho_secret", "/p/…")]
    [InlineData("/P/dho_secret", "/p/…")]
    [InlineData("/partners/bank", "/partners/bank")]
    [InlineData("/", "/")]
    public void A_line_names_the_page_and_not_its_key(string path, string shown)
    {
        var line = new LogEvent(DateTimeOffset.UnixEpoch, LogEventLevel.Warning, null, new MessageTemplate([new TextToken("It failed")]), [new LogEventProperty("RequestPath", new ScalarValue(path))]);
        new SecretPaths().Enrich(line, null!);
        ((ScalarValue)line.Properties["RequestPath"]).Value.ShouldBe(shown);
    }
}
