using System.Threading.Channels;
using DeployHub.Worker.Steps;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeployHub.Worker;

/// <summary>Looks at what is due outside of runs: when somebody rings, and from time to time because a ring may be lost. Runs have the hands, so only a few are looked at at once.</summary>
internal abstract class LooksOutsideRuns(TargetWork work, IOptions<WorkerOptions> options, TimeProvider clock, ILogger logger) : BackgroundService
{
    private readonly Channel<bool> _rings = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected TimeProvider Clock => clock;

    /// <summary>What could not be done when the database was away, for the log.</summary>
    protected abstract string What { get; }

    /// <summary>Something may be due.</summary>
    public void Ring() => _rings.Writer.TryWrite(true);

    /// <summary>Takes some of what is due and looks. True when there may be more.</summary>
    protected abstract Task<bool> LookAtDueAsync(CancellationToken stoppingToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (work.TakesWork && await LookAtDueAsync(stoppingToken))
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
