using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.IntegrationTests.Steps;

public sealed class SendWebhookExecutorTests : ExecutorContract
{
    private const string Key = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly TaskCompletionSource _never = new();
    private readonly TestHttp _receiver;
    private readonly ConcurrentQueue<(string Id, string Timestamp, string Signature, string Type, string Body)> _received = [];

    public SendWebhookExecutorTests() => _receiver = new TestHttp(async asked =>
    {
        if (asked.Request.RawUrl == "/never") await _never.Task;
        using var reader = new StreamReader(asked.Request.InputStream, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        _received.Enqueue((asked.Request.Headers["webhook-id"]!, asked.Request.Headers["webhook-timestamp"]!, asked.Request.Headers["webhook-signature"]!, asked.Request.ContentType!, body));
        return asked.Request.RawUrl switch { "/busy" => (503, "come back\nlater"), "/mirror" => (400, body), _ => (204, "") };
    });

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => Webhook("/");

    protected override (StepSettings, string[])? Failing => (Webhook("/busy"), ["shop.deployed", $"{_receiver.Url}/busy", "503", "come back later"]);

    protected override (StepSettings, string?)? Endless => (Webhook("/never"), null);

    protected override StepSettings Telling => Webhook("/mirror") with { Data = new Dictionary<string, string> { ["note"] = "${secret:planted}" } };

    /// <summary>What a receiver may count on: one message, however often it arrives.</summary>
    protected override Task<string> StateAsync() => Task.FromResult(string.Join(' ', _received.Select(message => message.Id).Distinct()));

    [Fact]
    public async Task It_is_signed_so_that_a_receiver_can_tell()
    {
        var evidence = await SucceedsAsync(Webhook("/") with { Data = new Dictionary<string, string> { ["version"] = "2.5.1 – \"new\"" } });

        var message = _received.ShouldHaveSingleItem();
        message.Id.ShouldMatch("^msg_[0-9a-f]{32}$");
        message.Id.ShouldBe(evidence["Message"]);
        message.Type.ShouldStartWith("application/json");
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(message.Timestamp)).ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        message.Signature.ShouldBe($"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Key), Encoding.UTF8.GetBytes($"{message.Id}.{message.Timestamp}.{message.Body}")))}");

        var said = JsonNode.Parse(message.Body)!;
        said["type"]!.GetValue<string>().ShouldBe("shop.deployed");
        said["data"]!["version"]!.GetValue<string>().ShouldBe("2.5.1 – \"new\"");
        said["timestamp"]!.GetValue<DateTimeOffset>().ToUnixTimeSeconds().ShouldBe(long.Parse(message.Timestamp));
    }

    /// <summary>The example that standardwebhooks.com gives for its libraries.</summary>
    [Fact]
    public void The_signature_is_the_one_of_the_standard()
    {
        var message = new WebhookMessage("msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), """{"test": 2432232314}""");
        using var request = message.Signed("http://localhost/", $"whsec_{Key}")!;
        request.Headers.GetValues("webhook-signature").ShouldBe(["v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="]);
    }

    [Fact]
    public async Task Another_try_is_the_same_message_and_another_step_another_one()
    {
        foreach (var key in new[] { "DEP-2026-000001/R1/Execute.1/web-1/1#1", "DEP-2026-000001/R1/Execute.1/web-1/1#2", "DEP-2026-000001/R2/Execute.1/web-1/1#1" })
            (await Bench.VisitAsync(Webhook("/"), Bench.Local, key: key)).ShouldBeOfType<StepOutcome.Succeeded>();

        var ids = _received.Select(message => message.Id).ToList();
        ids[1].ShouldBe(ids[0]);
        ids[2].ShouldNotBe(ids[0]);
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("whsec_")]
    public async Task A_secret_that_is_no_key_signs_nothing(string secret)
    {
        Bench.Know("signing", secret);
        var failed = await FailsAsync(Webhook("/"));
        failed.Cause.ShouldBe(HaltCause.CredentialInvalid);
        failed.Reason.ShouldNotContain(secret);
        _received.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_is_asked_for_a_report_that_could_not_reach_us()
    {
        var failed = await FailsAsync(Webhook("/") with { Callback = true });
        failed.Reason.ShouldContain("DeployHub__PublicAddress");
        failed.Cause.ShouldBe(HaltCause.PrerequisiteMissing);
        _received.ShouldBeEmpty();
    }

    protected override Task PrepareAsync()
    {
        Bench.Know("signing", $"whsec_{Key}");
        return Task.CompletedTask;
    }

    protected override async Task CleanUpAsync()
    {
        _never.TrySetResult();
        await _receiver.DisposeAsync();
    }

    private SendWebhook Webhook(string path) => new($"{_receiver.Url}{path}", "${secret:signing}", "shop.deployed");
}
