using System.ComponentModel;
using System.Diagnostics;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

internal sealed class CheckScriptVerifier : StepExecutor<CheckScript>
{
    protected override async Task<StepOutcome> ExecuteAsync(CheckScript settings, StepContext context, CancellationToken cancellationToken)
    {
        string? last = null;
        var began = Stopwatch.GetTimestamp();
        try
        {
            var exitCode = await LocalProcess.RunAsync(
                settings.Command, settings.Environment, Workplace.Of(settings.WorkingDirectory, context.Connection), context.Key,
                (stream, line) => context.Log.Write(stream, last = line), cancellationToken);
            if (last is null) Silence.Tell(context.Log, settings.Command[0], exitCode, Stopwatch.GetElapsedTime(began));
            return exitCode switch
            {
                0 => new StepOutcome.Succeeded([last is null ? new Evidence("Exit code", "0") : new Evidence("Last line", last)]),
                1 => new StepOutcome.Failed($"The check {settings.Command[0]} failed{(last is null ? "." : $": {last}")}"),
                _ => new StepOutcome.Inconclusive($"The check {settings.Command[0]} ended with exit code {exitCode}, which says neither passed nor failed{(last is null ? "." : $": {last}")}"),
            };
        }
        catch (Win32Exception exception)
        {
            return new StepOutcome.Inconclusive($"The check {settings.Command[0]} could not be started: {exception.Message}");
        }
    }
}
