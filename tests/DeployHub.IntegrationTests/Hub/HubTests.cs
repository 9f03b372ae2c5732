using DeployHub.Domain.Access;
using DeployHub.Features.Inventory;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Hub;

/// <summary>That the hub the other tests stand on carries them.</summary>
public sealed class HubTests(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task A_command_reaches_the_database()
    {
        var key = TestHub.Unique("shop");
        (await hub.As(Role.ReleaseManager).Send(new RegisterService(key, "Shop", TestHub.Owner))).Done().ShouldBe(key);

        (await hub.Database(db => db.Services.CountAsync(service => service.Key == key))).ShouldBe(1);
    }

    [Fact]
    public async Task A_command_is_refused_to_who_may_not() =>
        (await hub.As(Role.Auditor).Send(new RegisterService(TestHub.Unique("shop"), "Shop", TestHub.Owner))).Refused("access.not-permitted").WhoCould.ShouldNotBeNull();

    [Theory]
    [InlineData(Role.Approver)]
    [InlineData(Role.CiSystem)]
    public async Task A_client_reads_the_api(Role role)
    {
        using var client = await hub.ClientFor(role);
        (await client.GetAsync("/api/v1/services").Json()).ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Array);
    }
}
