using System.Threading.Channels;
using DeployHub.Domain;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Logs;

/// <summary>The log of one visit. A full channel makes the writer wait, so that nothing is lost; output without end is cut, visibly.</summary>
internal sealed class StepLog(ChannelWriter<LogLine> lines, RunId run, TargetRunId targetRun, short step, short attempt, TimeProvider clock) : IStepLog
{
    public const int LongestLine = 8 * 1024;
    private const long MostCharacters = 10 * 1024 * 1024;
    private const int MostLines = 200_000;

    private readonly Lock _gate = new();
    private long _characters;
    private int _count;
    private volatile bool _isCut;

    /// <summary>What is cut away has to cost little: the host sends it as fast as it can, and what is not taken in time lies in memory.</summary>
    public void Write(LogStream stream, string line)
    {
        if (_isCut) return;
        if (!line.Contains('\n', StringComparison.Ordinal)) WriteLine(stream, line);
        else
            foreach (var part in line.Split('\n')) WriteLine(stream, part);
    }

    private void WriteLine(LogStream stream, string line)
    {
        lock (_gate)
        {
            if (_isCut) return;

            if (++_count > MostLines || (_characters += line.Length) > MostCharacters)
            {
                _isCut = true;
                (stream, line) = (LogStream.Hub, $"The output is cut here, after {_count - 1:N0} lines: a step may write {MostLines:N0} lines or {MostCharacters / 1024 / 1024} MiB.");
            }

            Send(new LogLine(run.Value, targetRun.Value, step, attempt, clock.GetUtcNow(), stream, Shown(line)));
        }
    }

    /// <summary>Ends when every line written so far is stored; at once when there was none.</summary>
    public Task FlushAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_count == 0) return Task.CompletedTask;

            var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Send(new LogLine(run.Value, targetRun.Value, step, attempt, clock.GetUtcNow(), LogStream.Hub, "") { Flushed = flushed });
            return flushed.Task.WaitAsync(TimeSpan.FromSeconds(10), clock, cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default); // a slow log must not fail a step
        }
    }

    private void Send(LogLine line)
    {
        if (!lines.TryWrite(line)) lines.WriteAsync(line).AsTask().GetAwaiter().GetResult();
    }

    private static string Shown(string line) =>
        Printable.Of((line.Length > LongestLine ? $"{Words.Beginning(line, LongestLine)} (line cut)" : line).Replace("\r", "", StringComparison.Ordinal));
}
