using System.Globalization;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.Worker.Steps;

/// <summary>An exit code of 0 says that the supervisor took the order; only the state afterwards says that the process lives.</summary>
internal sealed class ControlProcessExecutor(OnTarget target, TimeProvider clock) : TargetExecutor<ControlProcess>
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    protected override async Task<StepOutcome> DoAsync(ControlProcess settings, StepContext context, CancellationToken cancellationToken)
    {
        var supervisor = Supervisor.Of(settings);
        if (supervisor.Command(settings.Action) is not { } command) return new StepOutcome.Failed($"No command of {settings.Unit} says how to {Word(settings)} it.");

        var before = await StateAsync(supervisor, context, cancellationToken);
        if (before is { IsActive: false, IsGoing: false, Word: "not-found" or "masked" }) return new StepOutcome.Failed($"{context.Subject} has no usable unit {settings.Unit}: it is {before.Word}.", HaltCause.PrerequisiteMissing);

        var until = clock.GetUtcNow() + Duration.Of(settings.Within);
        var said = (await target.RunAsync(command, context, cancellationToken))!;
        if (said.ExitCode != 0) return await FailedAsync(supervisor, settings, context, $"could not be told to {Word(settings)}: exit code {said.ExitCode}{said.LastWords}", cancellationToken);

        var (state, trouble) = settings.Action is ProcessAction.Stop
            ? await StoppedAsync(supervisor, settings, context, until, cancellationToken)
            : await SteadyAsync(supervisor, settings, context, before, until, cancellationToken);
        if (trouble is not null) return await FailedAsync(supervisor, settings, context, trouble, cancellationToken);

        context.Log.Write(LogStream.Hub, $"{settings.Unit} is {state!.Word}.");
        return new StepOutcome.Succeeded(
        [
            new Evidence("Process", settings.Unit),
            new Evidence("State before", before?.Word ?? "unknown"),
            new Evidence("State", state.Word),
            .. settings.Action is ProcessAction.Stop ? Array.Empty<Evidence>() : [new Evidence("Active without a break for", settings.ActiveFor)],
        ]);
    }

    /// <summary>Active from one look to the next, the same life, until it has lasted long enough.</summary>
    private async Task<(ProcessState? State, string? Trouble)> SteadyAsync(
        Supervisor supervisor, ControlProcess settings, StepContext context, ProcessState? before, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var lasting = Duration.Of(settings.ActiveFor);
        (string Life, DateTimeOffset Since)? steady = null;
        for (var breaks = 0; ;)
        {
            var state = await StateAsync(supervisor, context, cancellationToken);
            var now = clock.GetUtcNow();
            if (state is { IsActive: false, IsGoing: false }) return (null, $"is {state.Word} after the {Word(settings)}");

            if (state is { IsActive: true } && settings.Action is ProcessAction.Restart && state.Life.Length > 0 && state.Life == before?.Life)
                return (null, "was told to restart and is still the same process as before");
            if (steady is { } lost && (state is not { IsActive: true } || state.Life != lost.Life))
            {
                breaks++;
                steady = null;
            }

            if (state is { IsActive: true }) steady ??= (state.Life, now);
            if (steady is { } held && now - held.Since >= lasting) return (state, null);
            if (now >= until) return (null, $"was not active for {settings.ActiveFor} without a break within {settings.Within}: it is {state?.Word ?? "in no state that can be read"}{(breaks == 0 ? "" : $" and was started anew {breaks} times")}");

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    private async Task<(ProcessState? State, string? Trouble)> StoppedAsync(
        Supervisor supervisor, ControlProcess settings, StepContext context, DateTimeOffset until, CancellationToken cancellationToken)
    {
        for (var isSystemd = settings.Commands is not { Count: > 0 }; ;)
        {
            var state = await StateAsync(supervisor, context, cancellationToken);
            if (state is { IsActive: false } && !(isSystemd && state.IsGoing)) return (state, null);
            if (clock.GetUtcNow() >= until) return (null, $"did not stop within {settings.Within}: it is {state?.Word ?? "in no state that can be read"}");

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    private async Task<ProcessState?> StateAsync(Supervisor supervisor, StepContext context, CancellationToken cancellationToken) =>
        supervisor.Read((await target.RunAsync(supervisor.Status, context, cancellationToken, isLogged: false))!);

    /// <summary>Whoever reads the failure needs what the process said last.</summary>
    private async Task<StepOutcome> FailedAsync(Supervisor supervisor, ControlProcess settings, StepContext context, string trouble, CancellationToken cancellationToken)
    {
        var words = ".";
        if (settings.LogLines > 0 && supervisor.Log(settings.LogLines) is { } log)
        {
            context.Log.Write(LogStream.Hub, $"The last lines of {settings.Unit}:");
            var said = (await target.RunAsync($"{{ {log}\n}} 2>&1 | tail -n {settings.LogLines.ToString(CultureInfo.InvariantCulture)}", context, cancellationToken))!;
            if (said.Lines.Any(line => !string.IsNullOrWhiteSpace(line))) words = $". Its last line{said.LastWords}";
        }

        return new StepOutcome.Failed($"{settings.Unit} on {context.Subject} {trouble.TrimEnd('.')}{words}", HaltCause.HealthCheckFailed);
    }

    private static string Word(ControlProcess settings) => settings.Action.ToString().ToLowerInvariant();
}
