using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Deployments;
using DeployHub.Features.Notifications;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using DeployHub.IntegrationTests.Steps;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Notifications;

/// <summary>A hub whose people may name a chat on this machine.</summary>
public sealed class ChattingHub(TestPostgres postgres) : TestHub(postgres)
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["DeployHub:ChatHosts"] = "127.0.0.1" };
}

public sealed class TellingAChatOfOnesOwn(ChattingHub hub) : IClassFixture<ChattingHub>
{
    [Fact]
    public async Task A_chat_is_told_once_its_test_has_arrived_and_nobody_is_shown_its_address()
    {
        var received = new ConcurrentQueue<string>();
        await using var chat = Chat(received, () => 200);
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Switch", "true"), targets: 1, isLive: true);
        var peer = await hub.NewPerson("Peer", new RoleGrant(Role.Approver, ApproverQuality.ServiceOwner, Service: estate.Name));
        await using var worker = await hub.StartWorkerAsync(TestHub.Unique("chatting"));
        using var browser = await hub.BrowserFor(peer);
        using (var named = await browser.Submit("/account/notifications", "Chat", ("Chat.Kind", "Slack"), ("Chat.Address", $"{chat.Url}/services/T0/B0/secret"), ("Chat.Urgent", "AtOnce"), ("Chat.Actionable", "AtOnce"), ("Chat.Info", "Never"), ("Chat.Digest", "Never")))
            named.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await TestHub.Until(async () => (await ShowAsync(peer)).WorksSince is not null, "the test arrived", 40);

        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0")))).Done();
        (await hub.As(Role.ReleaseManager).Send(new SubmitDeployment(number))).Done();
        await TestHub.Until(() => Task.FromResult(received.Any(body => body.Contains(number, StringComparison.Ordinal))), "the chat is told", 40);

        (await browser.Read("/account/notifications")).ShouldNotContain("B0/secret");
        worker.Output.ShouldNotContain("B0/secret");
        (await hub.Database(db => db.PersonalChats.Select(known => known.SealedAddress).ToListAsync())).ShouldAllBe(stored => !stored.Contains("secret") && !stored.Contains("127.0.0.1"));
        (await hub.AsSystem.Send(new ListDeliveries())).Done().Rows.ShouldContain(delivery => delivery.Channel == "slack" && delivery.To == "Peer" && delivery.Subject == number);

        using var left = await browser.Submit("/account/notifications", "LeaveChat");
        (await ShowAsync(peer)).Kind.ShouldBeNull();
    }

    [Fact]
    public async Task A_chat_that_takes_no_test_says_why_and_gets_nothing()
    {
        await using var chat = Chat([], () => 404);
        var person = await hub.NewPerson("Refused", new RoleGrant(Role.Stakeholder));
        await using var worker = await hub.StartWorkerAsync(TestHub.Unique("chatting"));
        (await hub.As(person).Send(new ChoosePersonalChat(WebhookKind.Teams, $"{chat.Url}/workflows/secret"))).Done();

        await TestHub.Until(async () => (await ShowAsync(person)).RefusedAt is not null, "the test was refused", 40);
        (await ShowAsync(person)).RefusedBecause!.ShouldStartWith("404");
        (await hub.As(person).Send(new TestPersonalChat())).Done();
    }

    [Fact]
    public async Task An_address_that_leads_elsewhere_is_refused_at_both_doors_and_names_the_field()
    {
        var person = await hub.NewPerson("Curious", new RoleGrant(Role.Stakeholder));
        (await hub.As(person).Send(new ChoosePersonalChat(WebhookKind.Slack, "https://169.254.169.254/latest"))).Refused("chat.elsewhere").Fields.Keys.ShouldBe(["Address"]);
        (await hub.As(person).Send(new ChoosePersonalChat(WebhookKind.Program, "https://hooks.slack.com/x"))).Refused("invalid").Fields.Keys.ShouldBe(["Kind"]);
        (await hub.As(person).Send(new ChoosePersonalChat(WebhookKind.Slack))).Refused("chat.no-address");
        (await hub.As(person).Send(new TestPersonalChat())).Refused("chat.none");
        (await hub.As(person).Send(new LeavePersonalChat())).Refused("chat.none");
        (await hub.As(Role.CiSystem).Send(new ChoosePersonalChat(WebhookKind.Slack, "https://hooks.slack.com/x"))).Refused("notifications.only-people");

        using var browser = await hub.BrowserFor(person);
        using var refused = await browser.Submit("/account/notifications", "Chat", ("Chat.Kind", "Teams"), ("Chat.Address", "https://example.com/x"), ("Chat.Urgent", "Never"), ("Chat.Actionable", "AtOnce"), ("Chat.Info", "OnceADay"), ("Chat.Digest", "Never"));
        (await refused.Content.ReadAsStringAsync()).ShouldContain("Addresses of");
        using var api = await (await hub.BrowserFor(person)).ForApiAsync();
        using var answer = await api.PutAsJsonAsync("/api/v1/notification-choices/chat", new { kind = "Slack", address = "https://example.com/x" });
        (await answer.Content.ReadAsStringAsync()).ShouldContain("chat.elsewhere");
    }

    private static TestHttp Chat(ConcurrentQueue<string> received, Func<int> status) => new(async asked =>
    {
        using var reader = new StreamReader(asked.Request.InputStream);
        received.Enqueue(await reader.ReadToEndAsync());
        return (status(), "ok");
    });

    private async Task<ShowPersonalChat.View> ShowAsync(TestPerson person) => (await hub.As(person).Send(new ShowPersonalChat())).Done();
}
