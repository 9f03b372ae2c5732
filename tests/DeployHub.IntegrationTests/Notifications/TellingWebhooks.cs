using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;
using DeployHub.Domain.Runs;
using DeployHub.Features.Notifications;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using DeployHub.IntegrationTests.Steps;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Notifications;

public sealed class TellingWebhooks(TestHub hub) : IClassFixture<TestHub>
{
    private const string Key = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private sealed record Message(string Id, string Timestamp, string Signature, string Body)
    {
        public string Type => JsonNode.Parse(Body)!["type"]!.GetValue<string>();

        public string Of(string name) => JsonNode.Parse(Body)!["data"]![name]!.ToString();
    }

    [Fact]
    public async Task What_happens_to_a_run_reaches_the_receiver_in_the_end_signed_and_under_one_id()
    {
        var (received, answers) = (new ConcurrentQueue<Message>(), new ConcurrentQueue<int>([503]));
        await using var receiver = Receiver(received, answers);
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", "exit 3"), targets: 1);
        using var other = await Estate.RegisterAsync(hub, Estate.Script("Switch", "true"), targets: 1);
        var webhook = await CreateAsync($"{receiver.Url}/hook", ["run.started", "run.halted"], estate.Name);
        var elsewhere = await CreateAsync($"{receiver.Url}/elsewhere", ["run.started", "run.halted"], other.Name);
        await using var worker = await hub.StartWorkerAsync(TestHub.Unique("telling"), ("DeployHub__Secrets__hook", $"whsec_{Key}"));

        var run = await estate.StartAsync();
        await estate.ReachesAsync(run, RunStatus.Halted);
        await TestHub.Until(async () => await AreDeliveredAsync(webhook) && received.Count >= 3, "both are delivered, and the one that was answered 503 came again", 40);

        (await DeliveriesAsync(webhook)).Select(delivery => (delivery.Type, delivery.Subject)).ShouldBe([("run.halted", run), ("run.started", run)]);
        (await DeliveriesAsync(elsewhere)).ShouldBeEmpty();
        received.Select(message => message.Id).Distinct().Count().ShouldBe(2);
        received.ShouldAllBe(message => message.Signature == SignatureOf(message));
        var halted = received.Last(message => message.Type == "run.halted");
        halted.Of("run").ShouldBe(run);
        halted.Of("service").ShouldBe(estate.Name);
        halted.Of("sentence").ShouldContain("t-1");
        halted.Of("path").ShouldEndWith("/runs/1");

        answers.Enqueue(410);
        (await hub.As(Role.Administrator).Send(new ReplayDelivery((await DeliveriesAsync(webhook))[0].Id))).Done();
        await TestHub.Until(async () => (await ShowAsync(webhook)).DisabledBecause is not null, "the webhook is disabled", 40);
        received.Last().Id.ShouldBe(halted.Id);
        (await hub.As(Role.Administrator).Send(new TestWebhook(webhook))).Error.ShouldBe(NotificationErrors.WebhookDisabled);
    }

    [Fact]
    public async Task A_message_is_there_with_what_it_tells_of_or_not_at_all()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", "true"), targets: 1);
        var webhook = await CreateAsync("https://nowhere.example.com/hook", [.. EventTypes.Names.Where(name => name.StartsWith("run.", StringComparison.Ordinal))], estate.Name);
        var run = await estate.StartAsync();
        await hub.WorkOnAsync(run);
        await hub.PassOnAsync();

        (await DeliveriesAsync(webhook)).Select(delivery => delivery.Type).ShouldBe(["run.succeeded", "run.started"]);
        (await hub.Database(db => db.RunEvents.CountAsync(happened => happened.Subject == RunEvent.OfRun && db.Runs.Any(known => known.Id == happened.RunId && known.Name == run)))).ShouldBe(3);
    }

    [Fact]
    public async Task What_nobody_could_be_told_is_refused_and_names_the_field()
    {
        var refused = await hub.As(Role.Administrator).Send(new CreateWebhook(TestHub.Unique("hook"), "", "ftp://user:pass@x", "whsec_" + Key, ["run.exploded"], "no-such-service"));
        refused.Error!.Fields.Keys.ShouldBe(["Name", "Url", "Secret", "Events[0]"], ignoreOrder: true);

        var unknown = await hub.As(Role.Administrator).Send(new CreateWebhook(TestHub.Unique("hook"), "Hook", "https://x.example.com", "hook", ["run.halted"], "no-such-service"));
        unknown.Error!.Code.ShouldBe("service.not-found");
        (await hub.As(Role.DeploymentManager).Send(new CreateWebhook(TestHub.Unique("hook"), "Hook", "https://x.example.com", "hook", ["run.halted"]))).Error!.Code.ShouldBe("access.not-permitted");
    }

    private static TestHttp Receiver(ConcurrentQueue<Message> received, ConcurrentQueue<int> answers) => new(async asked =>
    {
        using var reader = new StreamReader(asked.Request.InputStream, Encoding.UTF8);
        var headers = asked.Request.Headers;
        received.Enqueue(new Message(headers["webhook-id"]!, headers["webhook-timestamp"]!, headers["webhook-signature"]!, await reader.ReadToEndAsync()));
        return (answers.TryDequeue(out var status) ? status : 204, "");
    });

    private static string SignatureOf(Message message) =>
        $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Key), Encoding.UTF8.GetBytes($"{message.Id}.{message.Timestamp}.{message.Body}")))}";

    private async Task<string> CreateAsync(string url, IReadOnlyList<string> events, string service) =>
        (await hub.As(Role.Administrator).Send(new CreateWebhook(TestHub.Unique("hook"), "Hook", url, "hook", events, service))).Done();

    /// <summary>
    /// Each is delivered at least once. Where the machine is so busy that even the second try finds no answer in time, the third follows five minutes
    /// later by the schedule: it is asked for at once here.
    /// </summary>
    private async Task<bool> AreDeliveredAsync(string webhook)
    {
        var deliveries = await DeliveriesAsync(webhook);
        foreach (var late in deliveries.Where(delivery => delivery is { Status: DeliveryStatus.Waiting, Tries: > 1, Answer: not null } && delivery.DueAt > hub.Clock.GetUtcNow().AddMinutes(2)))
            (await hub.As(Role.Administrator).Send(new ReplayDelivery(late.Id))).Done();
        return deliveries.Count(delivery => delivery.Status is DeliveryStatus.Delivered) == 2;
    }

    private async Task<ShowWebhook.View> ShowAsync(string webhook) => (await hub.AsSystem.Send(new ShowWebhook(webhook))).Done();

    private async Task<IReadOnlyList<ListDeliveries.Row>> DeliveriesAsync(string webhook) => (await hub.AsSystem.Send(new ListDeliveries(webhook))).Done().Rows;
}
