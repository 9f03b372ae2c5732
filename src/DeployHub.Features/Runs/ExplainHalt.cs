using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Runs;

/// <summary>What helps to decide about a run's open halt (domain §2.4.4): its errors, what the failed targets have in common, what helped before.</summary>
/// <param name="Run">Such as <c>DEP-2026-000123/R1</c>.</param>
public sealed record ExplainHalt(string Run) : IQuery<Result<ExplainHalt.View>>
{
    /// <param name="FirstError">The line of the log in which the trouble first shows; null when no step wrote one.</param>
    /// <param name="Errors">Failures of the stage that halted, grouped by equal error.</param>
    /// <param name="Differences">What separates the targets that failed from those that succeeded in the same stage.</param>
    /// <param name="Succeeded">How many targets succeeded in that stage.</param>
    /// <param name="Similar">Halts resolved before, the newest first.</param>
    public sealed record View(
        Halt Halt, ListLogLines.Row? FirstError, IReadOnlyList<AlikeErrors> Errors, IReadOnlyList<Separation> Differences, int Succeeded, IReadOnlyList<PastHalt> Similar);

    /// <param name="Deployment">Number of the deployment whose run halted.</param>
    /// <param name="RunStatus">What became of the run.</param>
    public sealed record PastHalt(
        string Run, string Deployment, HaltCause Cause, string Sentence, DateTimeOffset At, ResolutionChoice Choice, CauseClass CauseClass, string Diagnosis, string? Remedy,
        Actor By, DateTimeOffset ResolvedAt, RunStatus RunStatus);

    internal sealed class Handler(DeployHubDb db) : IQueryHandler<ExplainHalt, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ExplainHalt query, CancellationToken cancellationToken)
        {
            var run = await db.Runs.AsNoTracking().SingleOrDefaultAsync(known => known.Name == query.Run, cancellationToken);
            if (run is null) return Error.NotFound("run", query.Run);
            if (run.OpenHalt is not { } halt) return Error.NotFound("halt", query.Run);

            var failed = await db.FailedAtAsync(run, halt, cancellationToken);
            var succeeded = await db.SucceededAtAsync(run, halt, cancellationToken);
            return new View(
                halt,
                failed.Count == 0 ? null : await db.FirstErrorAsync(failed.MinBy(targetRun => targetRun.EndedAt)!, cancellationToken),
                AlikeErrors.Of(from targetRun in failed from step in targetRun.FailedSteps where step.Trouble() is not null select (targetRun.Subject, step.Trouble()!)),
                await db.DifferencesAsync(run, failed, succeeded, cancellationToken),
                succeeded.Count,
                await db.SimilarHaltsAsync(run, halt, cancellationToken));
        }
    }
}
