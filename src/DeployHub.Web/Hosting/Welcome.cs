namespace DeployHub.Web.Hosting;

/// <summary>The last lines of a start: where to go.</summary>
internal static class Welcome
{
    public static void SayWelcomeWhenStarted(this IHost host) =>
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => Say(host));

    private static void Say(IHost host)
    {
        var logger = host.Services.GetRequiredService<ILogger<Program>>();
        if (host is not WebApplication app) logger.LogInformation("This worker waits for work");
        else if (Logs.IsJson(app.Configuration)) logger.LogInformation("DeployHub is ready at {Addresses}", app.Urls);
        else Console.WriteLine($"\n  DeployHub is ready at {string.Join(" and ", app.Urls)}\n  Ctrl-C stops it.\n");
    }
}
