using System.ComponentModel;
using System.Diagnostics;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.Worker.Steps;

internal sealed class RunScriptExecutor : StepExecutor<RunScript>
{
    protected override async Task<StepOutcome> ExecuteAsync(RunScript settings, StepContext context, CancellationToken cancellationToken)
    {
        string? lastError = null;
        var (began, hasSaid) = (Stopwatch.GetTimestamp(), false);
        var outputs = settings.OutputNames.Any() ? await OutputFile.CreateAsync(cancellationToken) : null;
        try
        {
            var exitCode = await LocalProcess.RunAsync(
                settings.Command, outputs?.Among(settings.Environment) ?? settings.Environment, Workplace.Of(settings.WorkingDirectory, context.Connection), context.Key,
                (stream, line) =>
                {
                    if (stream is LogStream.Error && line.Length > 0) lastError = line;
                    hasSaid = true;
                    context.Log.Write(stream, line);
                },
                cancellationToken);

            if (!hasSaid) Silence.Tell(context.Log, settings.Command[0], exitCode, Stopwatch.GetElapsedTime(began));
            StepOutcome outcome = exitCode == 0
                ? new StepOutcome.Succeeded([new Evidence("Exit code", "0")])
                : new StepOutcome.Failed($"{settings.Command[0]} ended with exit code {exitCode}{(lastError is null ? "." : $": {lastError}")}");
            return outputs is null ? outcome : SaidOutputs.In(await outputs.ReadAsync(cancellationToken), outcome);
        }
        catch (Win32Exception exception)
        {
            return new StepOutcome.Failed($"{settings.Command[0]} could not be started: {exception.Message}");
        }
        finally
        {
            outputs?.Delete();
        }
    }
}
