using System.Threading.Channels;
using DeployHub.Worker.Steps;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeployHub.Worker;

/// <summary>Looks at what is due outside of runs: when somebody rings, and from time to time because a ring may be lost.</summary>
/// <param name="atOnce">How many are looked at at once: runs have the hands, so these are few.</param>
internal abstract class LooksOutsideRuns(int atOnce, TargetWork work, IOptions<WorkerOptions> options, TimeProvider clock, ILogger logger) : BackgroundService
{
    private readonly Channel<bool> _rings = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected TimeProvider Clock => clock;

    /// <summary>Whether this worker takes anything new.</summary>
    protected TargetWork Work => work;

    protected ILogger Logger => logger;

    /// <summary>What could not be done when the database was away, for the log.</summary>
    protected abstract string What { get; }

    /// <summary>Something may be due.</summary>
    public void Ring() => _rings.Writer.TryWrite(true);

    /// <summary>Takes one of what is due, <see cref="Ring">rings</see> for another to take the next, and looks. False when nothing is due.</summary>
    protected abstract Task<bool> LookAtOneAsync(CancellationToken stoppingToken);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => WorkAsync(stoppingToken)));

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (work.TakesWork && await LookAtOneAsync(stoppingToken))
                {
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(exception, "{What} yet; their time comes again", What);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await RestAsync(stoppingToken);
        }
    }

    /// <summary>Until somebody rings, or it is time to look for what is due.</summary>
    private async Task RestAsync(CancellationToken stoppingToken)
    {
        using var limit = new CancellationTokenSource(options.Value.SweepEvery, clock);
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, limit.Token);
        try
        {
            await _rings.Reader.ReadAsync(rest.Token);
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>Outside of runs there is no log: what was found is the result.</summary>
    protected sealed class Unheard : IStepLog
    {
        public static readonly Unheard Log = new();

        public void Write(LogStream stream, string line)
        {
        }
    }
}
