using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.Worker.Steps;

/// <summary>
/// Does one kind of step, or verifies one kind of check. It knows its settings, a subject and a log; it does not know runs, EF or
/// Hangfire. It may be visited again with the same <see cref="StepContext.Key"/>: after a lost worker, or to look after its ticket.
/// The world's no is an outcome; an exception is a bug or broken infrastructure. It stops, and kills what it started, when
/// its cancellation token says so. Executors are singletons and take many visits at once.
/// </summary>
public interface IStepExecutor
{
    /// <summary>The settings record it handles.</summary>
    Type Handles { get; }

    Task<StepOutcome> ExecuteAsync(StepSettings settings, StepContext context, CancellationToken cancellationToken);
}

/// <inheritdoc cref="IStepExecutor"/>
public abstract class StepExecutor<TSettings> : IStepExecutor where TSettings : StepSettings
{
    public Type Handles => typeof(TSettings);

    public Task<StepOutcome> ExecuteAsync(StepSettings settings, StepContext context, CancellationToken cancellationToken) =>
        ExecuteAsync((TSettings)settings, context, cancellationToken);

    protected abstract Task<StepOutcome> ExecuteAsync(TSettings settings, StepContext context, CancellationToken cancellationToken);
}
