using DeployHub.Domain.Access;
using DeployHub.Domain.Comments;
using DeployHub.Features.Comments;
using DeployHub.Features.Deployments;
using DeployHub.Features.Notifications;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Doors;

/// <summary>Comments, and the ways by which people and programs are told: what both doors refuse (domain Appendix D).</summary>
[Collection(nameof(Doors))]
public sealed class RefusingChannels(TestHub hub)
{
    private static readonly string[] Halted = ["run.halted"];

    [Fact]
    public async Task Comments()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        using var mia = await BothDoors.OfAsync(hub, Role.ReleaseManager);
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0")))).Done();
        var (theirs, mine) = (await WrittenAsync(Role.Approver, number), await WrittenAsync(Role.ReleaseManager, number));
        (await hub.As(Role.ReleaseManager).Send(new WithdrawComment(Guid.Parse(mine)))).Done();

        await mia.RefuseAlikeAsync(
            Writing("Nothing", "invalid", "Text", number, ""),
            Writing("4001 characters", "invalid", "Text", number, new string('x', Comment.Longest + 1)),
            Writing("To 21 people", "comment.too-many-mentions", "Text", number, string.Join(' ', Enumerable.Range(1, Mention.Most + 1).Select(one => $"@person{one}"))),
            Writing("About what is not there", "deployment.not-found", null, "DEP-1999-000001", "Hello"),
            Withdrawing("Withdrawing what others wrote", "comment.of-others", number, theirs),
            Withdrawing("Withdrawing twice", "comment.withdrawn", number, mine),
            Withdrawing("Withdrawing what is not there", "comment.not-found", number, "019a0000-0000-7000-8000-000000000000"),
            new("Watching what is not there", "deployment.not-found", null, new("/comments", "Watch", ("watched", "Deployment"), ("Key", "DEP-1999-000001")), Request.Put("/watches/Deployment/DEP-1999-000001", new { })));
    }

    [Fact]
    public async Task Mail()
    {
        using var admin = await BothDoors.OfAsync(hub, Role.Administrator);
        using var dora = await BothDoors.OfAsync(hub, Role.DeploymentManager);
        await admin.RefuseAlikeAsync(
            Server("A server that is an address", "Input.Host", host: "smtp example"),
            Server("No port", "Input.Port", port: 0),
            Server("A port that is none", "Input.Port", port: 70_000),
            Server("A sender that is none", "Input.Sender", sender: "nobody"),
            Server("A sender without a name", "Input.SenderName", name: ""),
            Server("A user without a secret", "Input.Secret", user: "hub"),
            Server("A secret that is written down", "Input.Secret", user: "hub", secret: "pass word!"),
            Server("A password that can be read on its way", "Input.Tls", user: "hub", secret: "mail-password", tls: "None"),
            new("A test without a server", "mail.no-server", null, new("/admin/mail", "Test"), Request.Post("/mail-server/test")));
        await dora.RefuseAlikeAsync(Server("Somebody who administers nothing", null) with { Code = "access.not-permitted" });
    }

    [Fact]
    public async Task Webhooks()
    {
        using var admin = await BothDoors.OfAsync(hub, Role.Administrator);
        var (key, disabled) = (TestHub.Unique("hook"), TestHub.Unique("hook"));
        foreach (var one in new[] { key, disabled }) (await hub.As(Role.Administrator).Send(new CreateWebhook(one, "On call", "https://ci.example.com/hooks", "signing", ["run.halted"]))).Done();
        (await hub.As(Role.Administrator).Send(new DisableWebhook(disabled))).Done();

        await admin.RefuseAlikeAsync(
            Webhook("A key that is none", "invalid", "Input.Key", key: "Our Hook!"),
            Webhook("A key that is taken", "webhook.key-taken", "Input.Key", key: key),
            Webhook("No name", "invalid", "Input.Name", name: ""),
            Webhook("No address", "invalid", "Input.Url", url: ""),
            Webhook("An address with a password", "invalid", "Input.Url", url: "https://me:secret@ci.example.com/hooks"),
            Webhook("An address of no web", "invalid", "Input.Url", url: "ftp://ci.example.com/hooks"),
            Webhook("A chat whose address is no secret any more", "invalid", "Input.Url", kind: "Slack", url: "https://hooks.slack.com/services/T0/B0/x"),
            Webhook("No secret", "invalid", "Input.Secret", secret: ""),
            Webhook("No event", "invalid", "Input.Events", happening: ""),
            Webhook("An event that is none", "invalid", "Input.Events", happening: "run.exploded").Gone() with { ApiField = "events[0]" },
            Webhook("A service that is not there", "service.not-found", "Input.Service", service: "nothing"),
            Changing("Changed to no address", "invalid", "Input.Url", key, url: ""),
            Changing("Somebody was quicker", "changed-meanwhile", null, key, seen: 1),
            Changing("What is not there", "webhook.not-found", null, "no-such-hook"),
            new("A test of what is disabled", "webhook.disabled", null, new($"/admin/webhooks/{disabled}", "Test"), Request.Post($"/webhooks/{disabled}/test")));
    }

    [Fact]
    public async Task What_somebody_chooses_for_themselves()
    {
        using var mia = await BothDoors.OfAsync(hub, Role.ReleaseManager);
        await mia.RefuseAlikeAsync(
            Choosing("No time zone", "invalid", "Input.Zone", ""),
            Choosing("A zone that is not there", "notifications.no-such-zone", "Input.Zone", "Europe/Nowhere"),
            Choosing("Quiet hours that never end", "notifications.quiet-hours-half", "Input.QuietUntil", from: "22:00"),
            Choosing("Quiet hours that end when they begin", "notifications.quiet-hours-without-end", "Input.QuietUntil", from: "22:00", until: "22:00"));
    }

    private static Refusal Writing(string wrong, string code, string? field, string number, string text) => new(
        wrong, code, field, new("/comments", "Write", ("Subject", "Deployment"), ("Key", number), ("Text", text)), Request.Post("/comments", new { subject = "Deployment", key = number, text }));

    private static Refusal Withdrawing(string wrong, string code, string number, string id) => new Refusal(
        wrong, code, null, new($"/comments?id={id}", "Withdraw", ("Subject", "Deployment"), ("Key", number)), new(HttpMethod.Delete, $"/comments/{id}")).Gone();

    private static Refusal Server(
        string wrong, string? field, string host = "smtp.example.com", int port = 587, string sender = "hub@example.com", string name = "DeployHub", string user = "", string secret = "", string tls = "StartTls") => new(
        wrong, "invalid", field,
        new(
            "/admin/mail", null, ("Input.Host", host), ("Input.Port", $"{port}"), ("Input.Tls", tls), ("Input.User", user), ("Input.Secret", secret), ("Input.Sender", sender), ("Input.SenderName", name)),
        Request.Put("/mail-server", new { host, port, tls, user, secret, sender, senderName = name }));

    private static Refusal Webhook(
        string wrong, string code, string field, string key = "new-hook", string name = "On call", string kind = "Program", string url = "https://ci.example.com/hooks", string secret = "signing", string happening = "run.halted",
        string service = "") => new(
        wrong, code, field,
        new(
            "/admin/webhooks/new", null,
            [
                ("Input.Key", key), ("Input.Name", name), ("Input.Kind", kind), ("Input.Url", url), ("Input.Secret", secret), ("Input.Service", service),
                .. happening.Length == 0 ? [] : new[] { ("Input.Events", happening) }, // no box is ticked
            ]),
        Request.Post("/webhooks", new { key, name, kind, url, secret, events = happening.Split(',', StringSplitOptions.RemoveEmptyEntries), service = service.Length == 0 ? null : service }));

    private static Refusal Changing(string wrong, string code, string? field, string key, string url = "https://ci.example.com/hooks", uint? seen = null) => new(
        wrong, code, field,
        new($"/admin/webhooks/{key}/edit", null, ("Input.Name", "On call"), ("Input.Url", url), ("Input.Secret", "signing"), ("Input.Events", "run.halted"), ("Input.Seen", $"{seen}")),
        Request.Put($"/webhooks/{key}", new { name = "On call", url, secret = "signing", events = Halted }, seen));

    private static Refusal Choosing(string wrong, string code, string field, string zone = "Europe/Berlin", string from = "", string until = "") => new(
        wrong, code, field,
        new(
            "/account/notifications", null, ("Input.Urgent", "AtOnce"), ("Input.Actionable", "AtOnce"), ("Input.Info", "OnceADay"), ("Input.Digest", "Never"), ("Input.Zone", zone), ("Input.QuietFrom", from),
            ("Input.QuietUntil", until)),
        Request.Put("/notification-choices", new { info = "OnceADay", digest = "Never", zone, quietFrom = Time(from), quietUntil = Time(until) }));

    private static string? Time(string text) => text.Length == 0 ? null : $"{text}:00";

    private async Task<string> WrittenAsync(Role by, string number) => (await hub.As(by).Send(new WriteComment(CommentSubject.Deployment, number, "Hello"))).Done();
}
