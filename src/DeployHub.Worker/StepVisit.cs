using System.Collections.Frozen;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Logs;
using DeployHub.Worker.Secrets;
using DeployHub.Worker.Steps;
using Microsoft.Extensions.Logging;

namespace DeployHub.Worker;

/// <summary>One visit to a step: the border between our code and the world. What breaks there becomes an outcome.</summary>
internal sealed class StepVisit(
    IEnumerable<IStepExecutor> executors, Subjects subjects, StepLogs logs, SecretStore secrets, Masker masker, TimeProvider clock, ILogger<StepVisit> logger)
{
    private readonly FrozenDictionary<Type, IStepExecutor> _executors = executors.ToFrozenDictionary(executor => executor.Handles);

    public async Task<StepOutcome> MakeAsync(Claimed claimed, CancellationToken cancellationToken)
    {
        using var scope = logger.BeginScope(new Dictionary<string, object> { ["RunId"] = claimed.RunName });
        var log = logs.Open(claimed.Run, claimed.TargetRun, claimed.Step.Number, claimed.Attempt.Number);
        var since = claimed.ObservesUntil is { } until && until > claimed.Attempt.BeganAt ? until : claimed.Attempt.BeganAt; // a soak comes on top
        var settings = claimed.Attempt.IsProbe ? claimed.Step.Probe! : claimed.Step.Settings;

        var outcome = await MakeAsync(settings, claimed.Step.VersionId, ContextOf(claimed, log), since + claimed.Step.Timeout, cancellationToken);
        await log.FlushAsync(cancellationToken);
        return outcome;
    }

    /// <summary>The same outside of runs.</summary>
    /// <param name="context">Without the version.</param>
    /// <param name="until">When its time is over.</param>
    public async Task<StepOutcome> MakeAsync(StepSettings settings, ComponentVersionId? version, StepContext context, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var left = until - clock.GetUtcNow();
        using var limit = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock);
        using var visit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        return masker.Mask(await ExecuteAsync(settings, version, context, visit.Token, cancellationToken));
    }

    private async Task<StepOutcome> ExecuteAsync(StepSettings settings, ComponentVersionId? version, StepContext context, CancellationToken visit, CancellationToken outer)
    {
        try
        {
            var filled = await secrets.FillAsync(settings, outer);
            if (filled.Error is { } missing) return new StepOutcome.Failed(missing.Message, HaltCause.CredentialInvalid);

            // Even when the time is over: what goes on without a worker has to be ended by its executor.
            var about = context with { Version = version is { } id ? await subjects.VersionAsync(id, outer) : null, Written = settings };
            var outcome = await _executors[settings.GetType()].ExecuteAsync(filled.Value, about, visit);
            return WithDeclaredOutputs(outcome, settings, context.Log);
        }
        catch (OperationCanceledException) when (!outer.IsCancellationRequested)
        {
            var sentence = $"Took longer than its limit of {context.Timeout} and was ended.";
            context.Log.Write(LogStream.Hub, sentence);
            return new StepOutcome.TimedOut(sentence);
        }
        catch (Exception exception) when (!outer.IsCancellationRequested)
        {
            logger.LogError(exception, "Step {Key} broke", context.Key);
            context.Log.Write(LogStream.Hub, $"{exception.GetType().Name}: {exception.Message}");
            return new StepOutcome.Failed($"Unexpected: {exception.Message}");
        }
    }

    /// <summary>Kept is what the model says that the step says.</summary>
    private static StepOutcome WithDeclaredOutputs(StepOutcome outcome, StepSettings settings, IStepLog log)
    {
        if (outcome.Outputs is not { } said) return outcome;

        foreach (var stranger in said.Keys.Except(settings.OutputNames)) log.Write(LogStream.Hub, $"“{stranger}” is not among the outputs that the step declares, so it is not kept.");
        var kept = said.Where(output => settings.OutputNames.Contains(output.Key)).ToDictionary();
        if (StepOutputs.Excess(kept) is { } excess)
        {
            log.Write(LogStream.Hub, excess);
            return WithoutOutputs(outcome, excess);
        }

        return outcome with { Outputs = kept.Count > 0 ? kept : null };
    }

    /// <summary>So much that it would swell the record fails a step that would have succeeded; one that failed keeps its own reason.</summary>
    internal static StepOutcome WithoutOutputs(StepOutcome outcome, string excess) =>
        outcome is StepOutcome.Succeeded ? new StepOutcome.Failed(excess) : outcome with { Outputs = null };

    private StepContext ContextOf(Claimed claimed, StepLog log) => new()
    {
        Key = claimed.Key,
        Report = new ReportKey(claimed.TargetRun, claimed.Step.Number, claimed.Attempt.Number),
        Subject = claimed.Subject,
        Target = claimed.Target,
        Connection = claimed.Connection,
        Ticket = claimed.Step.Ticket,
        StartedAt = claimed.Attempt.BeganAt,
        ExecuteBeganAt = claimed.ExecuteBeganAt,
        Timeout = claimed.Step.Timeout,
        ObservesUntil = claimed.ObservesUntil,
        Log = log,
        Secrets = secrets,
    };
}
