using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Ssh;

/// <summary>
/// One visit to an ssh step whose command goes on alone. The first stores a ticket and touches nothing, the second begins, the others
/// look; only a look that comes after a stored beginning may remove the traces. A host that is away meanwhile is waited for, as long as
/// the step may take. A visit that is told to stop leaves the command alone: only the step's own limit ends it.
/// </summary>
internal sealed class DetachedVisit(SshHosts hosts, SshConnection host, RunSsh settings, Become? become, StepContext context, TimeProvider clock)
{
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private TimeSpan Age => clock.GetUtcNow() - context.StartedAt;

    private TimeSpan Left => context.Timeout is { } timeout ? timeout - Age : TimeSpan.MaxValue;

    public async Task<StepOutcome> MakeAsync(CancellationToken cancellationToken)
    {
        if (context.Ticket is null) return new StepOutcome.StillRunning($"{new DetachedTicket.Reserved()}", TimeSpan.Zero);

        var ticket = DetachedTicket.Of(context.Ticket);
        if (Left <= TimeSpan.Zero) return await EndAsync(ticket, cancellationToken);

        try
        {
            return ticket is DetachedTicket.Begun begun ? await LookAsync(begun) : await BeginAsync(ticket);
        }
        catch (HostRefusedException away) when (away.Cause is HaltCause.TargetUnreachable && ticket is not DetachedTicket.Reserved)
        {
            context.Log.Write(LogStream.Hub, $"{away.Message} What was begun there goes on; it is looked at again.");
            return Later(ticket);
        }
    }

    private async Task<StepOutcome> BeginAsync(DetachedTicket ticket)
    {
        var command = await CommandAsync();
        try
        {
            var script = RemoteCommand.Script(settings.Command, host.Directory, settings.Environment);
            await command.BeginAsync(settings.OutputNames.Any() ? DetachedCommand.WithOutputs(script) : script);
            return new StepOutcome.StillRunning($"{new DetachedTicket.Begun(0, 0)}", TimeSpan.Zero);
        }
        catch (HostRefusedException away) when (away.Cause is HaltCause.TargetUnreachable && ticket is DetachedTicket.Reserved)
        {
            return Later(new DetachedTicket.Told());
        }
    }

    private async Task<StepOutcome> LookAsync(DetachedTicket.Begun seen)
    {
        var command = await CommandAsync();
        var look = await command.LookAsync(seen, seen is { Output: 0, Errors: 0 } ? FirstPatience : TimeSpan.Zero);
        seen = Log(look, seen);
        if (look.State is DetachedState.Running || look.HasMore) return look.HasMore ? new StepOutcome.StillRunning($"{seen}", TimeSpan.Zero) : Later(seen);
        if (look.State is DetachedState.Unknown) return new StepOutcome.Failed($"{host.Host} has no trace of the command any more, so how it ended is not known.");

        var outcome = look.State is DetachedState.Gone
            ? new StepOutcome.Failed($"The command was ended on {host.Host} from outside and left no exit code. Was the host restarted?")
            : RunSshExecutor.Outcome(look.ExitCode, host, look.ExitCode == 0 ? null : await command.LastErrorAsync());
        if (settings.OutputNames.Any()) outcome = SaidOutputs.In(await command.OutputsAsync(), outcome);
        await command.RemoveAsync();
        return outcome;
    }

    private async Task<StepOutcome> EndAsync(DetachedTicket ticket, CancellationToken cancellationToken)
    {
        try
        {
            if (ticket is not DetachedTicket.Reserved)
            {
                var command = await CommandAsync();
                await command.KillAsync();
                var seen = ticket as DetachedTicket.Begun ?? new DetachedTicket.Begun(0, 0);
                Log(await command.LookAsync(seen, TimeSpan.Zero), seen);
                await command.RemoveAsync();
            }
        }
        catch (HostRefusedException away)
        {
            context.Log.Write(LogStream.Hub, $"{away.Message} The command's time is over, but it could not be ended there.");
        }

        throw new OperationCanceledException("The step's time is over.", cancellationToken);
    }

    /// <summary>Writes whole lines; a line that is not yet at its end is left for the next look.</summary>
    private DetachedTicket.Begun Log(DetachedLook look, DetachedTicket.Begun seen)
    {
        var isLast = look.State is not DetachedState.Running && !look.HasMore;
        return new DetachedTicket.Begun(seen.Output + Write(LogStream.Out, look.Output, isLast), seen.Errors + Write(LogStream.Error, look.Errors, isLast));
    }

    private int Write(LogStream stream, ReadOnlyMemory<byte> bytes, bool isLast)
    {
        var end = bytes.Span.LastIndexOf((byte)'\n') + 1;
        var count = isLast || (end == 0 && bytes.Length >= OutputLines.Longest) ? bytes.Length : end;
        OutputLines.Read(new MemoryStream(bytes[..count].ToArray()), line => context.Log.Write(stream, line));
        return count;
    }

    /// <summary>The longer it takes, the less often somebody looks.</summary>
    private StepOutcome.StillRunning Later(DetachedTicket ticket)
    {
        var pause = TimeSpan.FromTicks(Math.Clamp(Age.Ticks / 5, TimeSpan.TicksPerSecond / 2, LongestPause.Ticks));
        var left = Left;
        return new StepOutcome.StillRunning($"{ticket}", left <= TimeSpan.Zero ? TimeSpan.Zero : pause < left ? pause : left);
    }

    private async Task<DetachedCommand> CommandAsync()
    {
        using var limit = new CancellationTokenSource(hosts.Options.CommandLimit);
        var client = await hosts.ConnectAsync(host, context.Secrets, limit.Token);
        return new DetachedCommand(client, context.Key, context.StartedAt, become, hosts.Options.CommandLimit);
    }
}
