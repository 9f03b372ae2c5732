using DeployHub.Domain.Access;
using DeployHub.Domain.Notifications;
using DeployHub.Features.Notifications;
using DeployHub.IntegrationTests.Hub;

namespace DeployHub.IntegrationTests.Notifications;

/// <summary>Where a hub leaves its mails.</summary>
internal static class MailServers
{
    /// <summary>For a worker that writes mails: the address at which their readers find the hub.</summary>
    public static readonly (string, string) Address = ("DeployHub__PublicAddress", "https://hub.example.com");

    /// <param name="port">Of this machine.</param>
    public static async Task NameMailServerAsync(this TestHub hub, int port) =>
        (await hub.As(Role.Administrator).Send(new SetMailServer("127.0.0.1", port, "deployhub@hub.example.com", MailTls.None))).Done();
}
