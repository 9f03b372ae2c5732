using System.Collections.Concurrent;
using System.Text.Json;
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

/// <summary>By real workers to receivers that others wrote.</summary>
[IntegrationTests.Hub.TakesLong(57)]
public sealed class SendingMails(TestHub hub) : IClassFixture<TestHub>
{
    private const string Key = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    [Fact]
    public async Task A_mail_server_that_is_down_loses_nothing_and_stops_no_other_channel()
    {
        Assert.SkipUnless(NodePrograms.Directory is not null, NodePrograms.Why);
        await using var boxes = new MailBoxes();
        var received = new ConcurrentQueue<string>();
        await using var chat = Receiver(received);
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", "exit 3"), targets: 1);
        await hub.NameMailServerAsync(boxes.Port);
        (await hub.As(Role.Administrator).Send(new CreateWebhook(TestHub.Unique("chat"), "Chat", "", "chat-address", ["run.halted"], estate.Name, Kind: WebhookKind.Slack))).Done();
        (await hub.As(Role.Administrator).Send(new CreateWebhook(TestHub.Unique("chat"), "Chat", "", "chat-address", ["run.halted"], estate.Name, Kind: WebhookKind.Teams))).Done();
        var manager = await hub.PersonFor(Role.DeploymentManager);
        await using var worker = await hub.StartWorkerAsync(TestHub.Unique("mailing"), ("DeployHub__Secrets__chat-address", $"{chat.Url}/services/T0/B0/secret"), MailServers.Address);

        var run = await estate.StartAsync();
        await estate.ReachesAsync(run, RunStatus.Halted);
        await TestHub.Until(async () => (await MailsAsync("run.halted")).Any(mail => mail is { Subject: var about, Tries: > 0 } && about == run), "a mail was tried", 40);
        await TestHub.Until(() => Task.FromResult(received.Count >= 2), "the chats were told", 40);
        var posted = received.Select(body => JsonNode.Parse(body)!).ToList();
        posted.Single(body => body["blocks"] is not null)["blocks"]![0]!["text"]!["text"]!.GetValue<string>().ShouldContain("https://hub.example.com/deployments/DEP-");
        posted.Single(body => body["attachments"] is not null)["attachments"]![0]!["content"]!["actions"]![0]!["url"]!.GetValue<string>().ShouldStartWith("https://hub.example.com/deployments/DEP-");
        (await MailsAsync("run.halted")).Where(mail => mail.Subject == run).ShouldAllBe(mail => mail.Status == DeliveryStatus.Waiting);

        worker.Output.ShouldNotContain("B0/secret");
        await boxes.UpAsync();
        foreach (var waiting in (await MailsAsync("run.halted")).Where(mail => mail.Subject == run)) await hub.As(Role.Administrator).Send(new ReplayDelivery(waiting.Id)); // unless a worker has it at this moment
        await TestHub.Until(() => Task.FromResult(boxes.Taken.Any(mail => mail.To == manager.Email && mail.Raw.Contains(run[..15], StringComparison.Ordinal))), "the mail arrived", 60);

        var raw = boxes.Taken.Last(mail => mail.To == manager.Email && mail.Raw.Contains(run[..15], StringComparison.Ordinal)).Raw;
        raw.ShouldContain("Message-Id: <msg_");
        raw.ShouldContain("List-Unsubscribe: <https://hub.example.com/account/notifications>");
        raw.ShouldContain($"References: <{run[..15]}@hub.example.com>");
        raw.ShouldContain("text/plain");
        raw.ShouldContain("text/html");
        raw.ShouldContain("https://hub.example.com/deployments/");
    }

    [Fact]
    public async Task A_mailbox_that_takes_nothing_gets_nothing_more_until_its_owner_chooses_anew()
    {
        Assert.SkipUnless(NodePrograms.Directory is not null, NodePrograms.Why);
        await using var boxes = new MailBoxes();
        await boxes.UpAsync();
        await hub.NameMailServerAsync(boxes.Port);
        var (gone, there) = (await hub.NewPerson("Refused", new RoleGrant(Role.Administrator)), await hub.NewPerson("There", new RoleGrant(Role.Administrator)));
        await using var worker = await hub.StartWorkerAsync(TestHub.Unique("mailing"), MailServers.Address);

        var test = (await hub.As(gone).Send(new TestMail())).Done();
        (await hub.As(there).Send(new TestMail())).Done();
        await TestHub.Until(async () => (await hub.As(gone).Send(new ShowNotificationChoices())).Done().RefusedAt is not null, "the mailbox refused", 40);
        await TestHub.Until(() => Task.FromResult(boxes.Taken.Any(mail => mail.To == there.Email)), "the other mail arrived", 40);
        (await hub.As(gone).Send(new ShowNotificationChoices())).Done().RefusedBecause!.ShouldContain("no such mailbox");
        (await MailsAsync("mail.test")).Single(mail => $"{mail.Id}" == test).Status.ShouldBe(DeliveryStatus.GivenUp);

        (await hub.As(gone).Send(new ChooseNotifications())).Done();
        (await hub.As(gone).Send(new ShowNotificationChoices())).Done().RefusedAt.ShouldBeNull();
    }

    [Fact]
    public async Task Whoever_left_since_gets_nothing()
    {
        var person = await hub.NewPerson("Leaver", new RoleGrant(Role.Administrator));
        await hub.NameMailServerAsync(FreePort.Next());
        var test = (await hub.As(person).Send(new TestMail())).Done();
        await hub.Database(db => db.Grants.Where(grant => grant.Holder == person.Id.ToString()).ExecuteUpdateAsync(set => set.SetProperty(grant => grant.RevokedAt, DateTimeOffset.UtcNow)));
        await using var worker = await hub.StartWorkerAsync(TestHub.Unique("mailing"));

        await TestHub.Until(async () => (await MailsAsync("mail.test")).Any(mail => $"{mail.Id}" == test && mail.Status == DeliveryStatus.GivenUp), "the mail is given up", 40);
        (await MailsAsync("mail.test")).Single(mail => $"{mail.Id}" == test).Answer.ShouldBe("Not sent: the account is closed, or may see nothing any more.");
    }

    [Fact]
    public async Task An_independent_library_takes_the_messages_for_genuine_and_forged_ones_not()
    {
        Assert.SkipUnless(NodePrograms.Directory is not null, NodePrograms.Why);
        var received = new ConcurrentQueue<(Dictionary<string, string> Headers, string Body)>();
        await using var receiver = new TestHttp(async asked =>
        {
            using var reader = new StreamReader(asked.Request.InputStream);
            received.Enqueue((asked.Request.Headers.AllKeys.OfType<string>().ToDictionary(name => name.ToLowerInvariant(), name => asked.Request.Headers[name]!), await reader.ReadToEndAsync()));
            return (204, "");
        });
        var webhook = TestHub.Unique("genuine");
        (await hub.As(Role.Administrator).Send(new CreateWebhook(webhook, "Hook", $"{receiver.Url}/hook", "hook", ["model.published"]))).Done();
        await using var worker = await hub.StartWorkerAsync(TestHub.Unique("signing"), ("DeployHub__Secrets__hook", $"whsec_{Key}"));
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", "true"), targets: 1);
        await TestHub.Until(() => Task.FromResult(received.Any(message => message.Body.Contains(estate.Name, StringComparison.Ordinal))), "the message came", 40);

        var (headers, body) = received.First(message => message.Body.Contains(estate.Name, StringComparison.Ordinal));
        var answer = await VerifyAsync(headers, body);
        (answer["genuine"]!.GetValue<bool>(), answer["type"]!.GetValue<string>()).ShouldBe((true, "model.published"));
        (await VerifyAsync(headers, body.Replace("model.published", "model.suspended", StringComparison.Ordinal)))["genuine"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task A_receiver_that_leads_elsewhere_or_does_not_answer_is_asked_again_later_and_keeps_nobody_waiting()
    {
        await using var receiver = new TestHttp(async asked =>
        {
            asked.Response.RedirectLocation = "/elsewhere";
            if (asked.Request.RawUrl == "/silent") await Task.Delay(TimeSpan.FromSeconds(25));
            return (302, "");
        });
        var (leading, silent) = (TestHub.Unique("leading"), TestHub.Unique("silent"));
        foreach (var (key, path) in new[] { (leading, "leading"), (silent, "silent") })
        {
            (await hub.As(Role.Administrator).Send(new CreateWebhook(key, "Hook", $"{receiver.Url}/{path}", "hook", ["run.halted"]))).Done();
            (await hub.As(Role.Administrator).Send(new TestWebhook(key))).Done();
        }

        await using var worker = await hub.StartWorkerAsync(TestHub.Unique("waiting"), ("DeployHub__Secrets__hook", $"whsec_{Key}"));
        await TestHub.Until(async () => (await ToAsync(leading)).Answer is not null, "the one was asked", 20);
        (await ToAsync(silent)).Answer.ShouldBeNull();
        await TestHub.Until(async () => (await ToAsync(silent)).Answer is not null, "the other was given up for now", 40);

        (await ToAsync(leading)).ShouldSatisfyAllConditions(delivery => delivery.Answer!.ShouldStartWith("302"), delivery => delivery.Status.ShouldBe(DeliveryStatus.Waiting));
        (await ToAsync(silent)).Answer.ShouldBe("gave no answer in time");
        receiver.Asked.ShouldNotContain("POST /elsewhere");

        async Task<ListDeliveries.Row> ToAsync(string key) => (await hub.AsSystem.Send(new ListDeliveries(key))).Done().Rows.Single();
    }

    private static async Task<JsonNode> VerifyAsync(Dictionary<string, string> headers, string body)
    {
        using var node = NodePrograms.Start("verify.mjs");
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(new { secret = $"whsec_{Key}", headers, body }));
        node.StandardInput.Close();
        return JsonNode.Parse(await node.StandardOutput.ReadToEndAsync())!;
    }

    private static TestHttp Receiver(ConcurrentQueue<string> received) => new(async asked =>
    {
        using var reader = new StreamReader(asked.Request.InputStream);
        received.Enqueue(await reader.ReadToEndAsync());
        return (200, "ok");
    });

    private async Task<IReadOnlyList<ListDeliveries.Row>> MailsAsync(string type) =>
        [.. (await hub.AsSystem.Send(new ListDeliveries(Mail: true, Limit: 200))).Done().Rows.Where(mail => mail.Type == type)];
}
