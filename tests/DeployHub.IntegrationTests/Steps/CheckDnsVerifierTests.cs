using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.IntegrationTests.Steps;

public sealed class CheckDnsVerifierTests : ExecutorContract
{
    private readonly TestDns _dns = new();

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => Check("shop.test", "192.0.2.8", "192.0.2.7");

    protected override (StepSettings, string[])? Failing => (Check("shop.test", "192.0.2.9"), ["shop.test has 192.0.2.7 and 192.0.2.8 of type A where 192.0.2.9 is expected"]);

    protected override (StepSettings, string?)? Endless => (Check("shop.test", "192.0.2.9") with { Within = "1h" }, null);

    protected override StepSettings? Telling => null;

    [Fact]
    public async Task It_waits_until_the_records_have_changed()
    {
        var visit = VisitAsync(Check("moved.test", "192.0.2.9") with { Within = "20s", Every = "100ms" });
        _dns.Names["moved.test"] = (["192.0.2.9"], []);

        (await visit).ShouldBeOfType<StepOutcome.Succeeded>();
    }

    [Fact]
    public async Task A_name_may_be_expected_to_be_gone_and_texts_are_compared_as_they_are()
    {
        await SucceedsAsync(Check("gone.test"));
        (await FailsAsync(Check("shop.test"))).Reason.ShouldContain("where none is expected");
        await SucceedsAsync(Check("shop.test", "v=spf1 -all") with { Type = DnsRecordType.Txt });
        (await FailsAsync(Check("shop.test", "V=SPF1 -all") with { Type = DnsRecordType.Txt })).Cause.ShouldBe(HaltCause.HealthCheckFailed);
    }

    [Fact]
    public async Task A_server_that_cannot_answer_tells_nothing()
    {
        _dns.IsBroken = true;

        (await VisitAsync(Check("gone.test"))).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain($"The name server {_dns.Address} answers");
    }

    protected override Task PrepareAsync()
    {
        _dns.Names["shop.test"] = (["192.0.2.7", "192.0.2.8"], ["v=spf1 -all"]);
        return Task.CompletedTask;
    }

    protected override async Task CleanUpAsync() => await _dns.DisposeAsync();

    private CheckDns Check(string name, params string[] expect) => new(name, expect, Server: _dns.Address, Within: "1s");
}
