using System.Collections.Concurrent;
using System.Threading.Channels;
using Npgsql;

namespace DeployHub.Web.Live;

/// <summary>
/// One listening connection for this web node: the database says which run changed, open pages of that run wake up and read from
/// where they are. A notification carries no data, so losing one delays a page until the next, or until it asks again.
/// </summary>
internal sealed class LiveRuns(NpgsqlDataSource database, ILogger<LiveRuns> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<Guid, ConcurrentDictionary<Channel<bool>, bool>> _pages = [];

    /// <summary>Wakes up when the run changed. Dispose it when the page goes away.</summary>
    public Watch Open(Guid run)
    {
        var channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        _pages.GetOrAdd(run, _ => [])[channel] = true;
        return new Watch(this, run, channel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(exception, "The live connection broke and is opened again");
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, notification) => Wake(notification.Payload);
        await using (var listen = new NpgsqlCommand("listen deployhub_live", connection)) await listen.ExecuteNonQueryAsync(cancellationToken);
        foreach (var run in _pages.Keys) Wake(run.ToString()); // whatever happened while nobody listened
        while (true) await connection.WaitAsync(cancellationToken);
    }

    private void Wake(string payload)
    {
        if (!Guid.TryParse(payload, out var run) || !_pages.TryGetValue(run, out var pages)) return;
        foreach (var page in pages.Keys) page.Writer.TryWrite(true);
    }

    internal sealed class Watch(LiveRuns live, Guid run, Channel<bool> channel) : IDisposable
    {
        /// <summary>True when the run changed, false when <paramref name="limit"/> passed without a change.</summary>
        public async Task<bool> WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(limit);
            try
            {
                return await channel.Reader.ReadAsync(timeout.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return false;
            }
        }

        public void Dispose()
        {
            if (live._pages.TryGetValue(run, out var pages)) pages.TryRemove(channel, out _);
        }
    }
}
