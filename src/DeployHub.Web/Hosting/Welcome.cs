using DeployHub.Features.Access;

namespace DeployHub.Web.Hosting;

/// <summary>The last lines of a start: where to go and how to get in.</summary>
internal static class Welcome
{
    /// <param name="firstAdministrator">Token of the link that makes the first administrator; null when there is somebody.</param>
    public static void SayWelcomeWhenStarted(this IHost host, string? firstAdministrator) =>
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => SayAsync(host, firstAdministrator).GetAwaiter().GetResult());

    private static async Task SayAsync(IHost host, string? firstAdministrator)
    {
        var logger = host.Services.GetRequiredService<ILogger<Program>>();
        if (host is not WebApplication app)
        {
            logger.LogInformation("This worker waits for work");
            return;
        }

        var lines = await LinesAsync(app, firstAdministrator);
        if (Logs.IsJson(app.Configuration)) logger.LogInformation("DeployHub is ready at {Addresses}. {HowToSignIn}", app.Urls, lines);
        else Console.WriteLine($"\n  DeployHub is ready at {string.Join(" and ", app.Urls)}\n{string.Concat(lines.Select(line => $"  {line}\n"))}  Ctrl-C stops it.\n");
    }

    private static async Task<List<string>> LinesAsync(WebApplication app, string? firstAdministrator)
    {
        await using var scope = app.Services.CreateAsyncScope();
        List<string> lines = [.. await scope.ServiceProvider.GetRequiredService<SeedPeople>().DemoSignInsAsync()];
        if (firstAdministrator is not null) lines.Insert(0, $"Nobody has an account yet. Become the first administrator, within a day: {app.Urls.First()}/welcome?first=true&token={firstAdministrator}");
        return lines;
    }
}
