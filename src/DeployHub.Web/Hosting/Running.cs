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
            await host.StopAsync(CancellationToken.None);
            throw;
        }

        await host.WaitForShutdownAsync(cancellationToken);
    }
}
