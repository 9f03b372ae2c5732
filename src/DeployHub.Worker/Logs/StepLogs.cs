using System.Threading.Channels;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Logs;

/// <summary>One line on its way to the table.</summary>
internal sealed record LogLine(Guid Run, Guid TargetRun, short Step, short Attempt, DateTimeOffset At, LogStream Stream, string Text)
{
    /// <summary>Set when somebody waits until everything before this line is stored.</summary>
    public TaskCompletionSource? Flushed { get; init; }
}

/// <summary>Where step logs are opened; their lines meet in one bounded channel that <see cref="LogWriter"/> empties.</summary>
public sealed class StepLogs(TimeProvider clock)
{
    internal Channel<LogLine> Lines { get; } = Channel.CreateBounded<LogLine>(new BoundedChannelOptions(20_000) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    internal StepLog Open(RunId run, TargetRunId targetRun, int step, int attempt) => new(Lines.Writer, run, targetRun, (short)step, (short)attempt, clock);
}
