using System.Diagnostics;
using DeployHub.Web.Hosting;

namespace DeployHub.UnitTests.Hosting;

/// <summary>The address of a chat reaches no trace.</summary>
public sealed class LeavingOutSecretAddresses
{
    [Fact]
    public void A_trace_names_the_host_and_not_the_path()
    {
        using var processor = new SecretAddresses();
        using var source = new ActivitySource("System.Net.Http");
        using var listener = new ActivityListener { ShouldListenTo = known => known == source, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);
        using var sending = source.StartActivity("POST")!.SetTag("url.full", "https://hooks.slack.example/services/T1/B2/secret");

        processor.OnEnd(sending);

        sending.GetTagItem("url.full").ShouldBe("https://hooks.slack.example/…");
    }
}
