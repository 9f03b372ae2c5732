using DeployHub.IntegrationTests.Hub;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DeployHub.BrowserTests;

/// <summary>A site of a class's own whose clock can be moved ahead: for journeys that wait for minutes or days.</summary>
public sealed class ClockedSite : Site
{
    private readonly TestClock _clock = new();
    private WebApplicationFactory<Program>? _program;

    /// <summary>What the site takes for now.</summary>
    public DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>Tabs that are open by then may have to sign in again; those opened later have.</summary>
    public void Advance(TimeSpan by)
    {
        _clock.Advance(by);
        ForgetSessions();
    }

    protected override Task<string> StartAsync() => Task.Run(() =>
    {
        _program = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseSetting("environment", "Development");
            foreach (var (key, value) in Settings.Where(setting => setting.Key.StartsWith("DeployHub", StringComparison.Ordinal))) host.UseSetting(key.Replace("__", ":", StringComparison.Ordinal), value);
            host.UseSetting("urls", "http://127.0.0.1:0");
            host.UseSetting("DeployHub:Worker:SweepEvery", "00:00:01"); // a ring is one for the process, and what is due is due when the clock was moved
            host.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_clock)));
        });
        _program.UseKestrel();
        _program.StartServer();
        return _program.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    });

    protected override async Task StopAsync()
    {
        if (_program is not null) await _program.DisposeAsync();
        var limit = DateTimeOffset.UtcNow.AddSeconds(30);
        while (IsDatabaseRunning() && DateTimeOffset.UtcNow < limit) await Task.Delay(50); // the program goes on to its end behind the host, and stops PostgreSQL there
    }

    private bool IsDatabaseRunning() => Directory.EnumerateFiles(Settings["DeployHub__DataDirectory"], "postmaster.pid", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }).Any();
}
