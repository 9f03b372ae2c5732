using System.Net;
using System.Net.Http.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Inventory;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Ssh;

/// <summary>How a host is signed in to and what stands before it, told by both doors.</summary>
public sealed class DescribingConnections(TestHub hub) : IClassFixture<TestHub>
{
    private static readonly string Pin = $"SHA256:{new string('A', 43)}";
    private static readonly string JumpPin = $"SHA256:{new string('B', 43)}";

    [Fact]
    public async Task What_the_api_was_told_the_page_shows_and_saves_again()
    {
        var environment = await EnvironmentAsync();
        using var client = await hub.ClientFor(Role.DeploymentManager);
        using var told = await client.PostAsJsonAsync($"/api/v1/environments/{environment}/targets", new
        {
            name = "web-1",
            connection = new
            {
                kind = "ssh",
                host = "10.1.0.7",
                port = 22,
                user = "deploy",
                hostKey = Pin,
                credential = "shop-key",
                passphrase = "shop-words",
                certificate = "shop-cert",
                directory = "/srv/shop",
                jump = new { host = "jump.example.com", port = 2222, user = "hop", hostKey = JumpPin, signIn = "Agent" },
            },
        });
        told.IsSuccessStatusCode.ShouldBeTrue(await told.Content.ReadAsStringAsync());
        var connection = await ConnectionAsync(environment);
        connection.ShouldBe(new SshConnection("10.1.0.7", 22, "deploy", Pin, "shop-key", "/srv/shop")
        {
            Passphrase = "shop-words",
            Certificate = "shop-cert",
            Jump = new SshJumpHost("jump.example.com", 2222, "hop", JumpPin) { SignIn = SshSignIn.Agent },
        });

        using var browser = await hub.BrowserFor(Role.DeploymentManager);
        var shown = await browser.Read($"/environments/{environment}/targets/web-1");
        foreach (var text in (string[])["hop@jump.example.com:2222", "shop-key, opened by shop-words, certified by shop-cert"]) shown.ShouldContain(text);

        var address = $"/environments/{environment}/targets/web-1/edit";
        using var saved = await browser.Submit(address, null, [.. Fields("10.1.0.8", jumpUser: "hop"), ("Input.Seen", Seen(await browser.Read(address)))]);
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect, await saved.Content.ReadAsStringAsync());
        (await ConnectionAsync(environment)).ShouldBe((SshConnection)connection with { Host = "10.1.0.8", Passphrase = null, Certificate = null });
    }

    [Fact]
    public async Task What_is_wrong_with_a_jump_host_stands_at_its_field()
    {
        var environment = await EnvironmentAsync();
        using var browser = await hub.BrowserFor(Role.DeploymentManager);

        using var refused = await browser.Submit($"/environments/{environment}/targets/new", null, [("Input.Name", "web-1"), .. Fields("10.1.0.7", jumpUser: "-l root")]);

        refused.StatusCode.ShouldBe(HttpStatusCode.OK); // the form again
        WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()).ShouldContain("id=\"Input_Connection_Jump_User-problem\"");
    }

    private static (string, string)[] Fields(string host, string jumpUser) =>
    [
        ("Input.Connection.Kind", "Ssh"), ("Input.Connection.Host", host), ("Input.Connection.Port", "22"), ("Input.Connection.User", "deploy"), ("Input.Connection.HostKey", Pin),
        ("Input.Connection.SignIn", "Secret"), ("Input.Connection.Credential", "shop-key"), ("Input.Connection.Directory", "/srv/shop"), ("Input.Connection.Jump.Host", "jump.example.com"),
        ("Input.Connection.Jump.Port", "2222"), ("Input.Connection.Jump.User", jumpUser), ("Input.Connection.Jump.HostKey", JumpPin), ("Input.Connection.Jump.SignIn", "Agent"),
    ];

    private static string Seen(string page) => page.Split("name=\"Input.Seen\"")[1].Split("value=\"")[1].Split('"')[0];

    private async Task<Connection> ConnectionAsync(string environment) => (await hub.AsSystem.Send(new ShowTarget(environment, "web-1"))).Done().Connection;

    private async Task<string> EnvironmentAsync()
    {
        var key = TestHub.Unique("ssh-env");
        return (await hub.As(Role.DeploymentManager).Send(new RegisterEnvironment(key, key, Tier.Development, TestHub.Owner, false))).Done();
    }
}
