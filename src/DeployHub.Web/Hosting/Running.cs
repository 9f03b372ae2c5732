namespace DeployHub.Web.Hosting;

internal static class Running
{
    /// <summary>
    /// Runs until the process is asked to stop. What had started by the time another part could not start is stopped like in any other
    /// stop; disposed of instead, each part would report the end that it was not told of.
    /// </summary>
    public static async Task RunToTheEndAsync(this IHost host, CancellationToken cancellationToken)
    {
        await using var disposal = (IAsyncDisposable)host;
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch
        {
            await StopAsync(host);
            throw;
        }

        await host.WaitForShutdownAsync(cancellationToken);
    }

    /// <summary>Why it could not start is what people have to read; why it then could not stop either is said beside it.</summary>
    private static async Task StopAsync(IHost host)
    {
        try
        {
            await host.StopAsync(CancellationToken.None);
        }
        catch (Exception exception)
        {
            host.Services.GetRequiredService<ILogger<Program>>().LogWarning("Stopping broke off: {Reason}", exception.Message);
        }
    }
}
