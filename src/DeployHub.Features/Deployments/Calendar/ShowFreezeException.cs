using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Deployments.Staffing;
using DeployHub.Domain.Models;
using DeployHub.Domain.Runs;
using DeployHub.Features.Access;
using DeployHub.Features.Data;
using DeployHub.Features.Deployments.Comparing;
using Mediator;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Deployments.Calendar;

/// <summary>One exception, with everything that a decision about it needs: the request, the plan, the last runs of its model, and what is free if the answer is no.</summary>
public sealed record ShowFreezeException(string Number) : IQuery<Result<ShowFreezeException.View>>
{
    private const int MostRuns = 5;

    public sealed record View
    {
        public required ListFreezeExceptions.Row Exception { get; init; }

        public required string Impact { get; init; }

        public required string OnCall { get; init; }

        public required TimeSpan Rollback { get; init; }

        public required string FreezeReason { get; init; }

        public required DateTimeOffset FreezeBegins { get; init; }

        public required DateTimeOffset FreezeEnds { get; init; }

        /// <summary>Who decides, in words.</summary>
        public required string Approver { get; init; }

        public required Plan Plan { get; init; }

        /// <summary>What the decision binds to.</summary>
        public required Digest PlanDigest { get; init; }

        /// <summary>The plan is another one by now.</summary>
        public required bool IsOutdated { get; init; }

        public required Slot? Slot { get; init; }

        /// <summary>What 85 of 100 runs take; null where nothing says so.</summary>
        public required TimeSpan? UsuallyTakes { get; init; }

        /// <summary>What the plan risks; null while nobody judged it as it is.</summary>
        public required Risk? Risk { get; init; }

        /// <summary>Who is named for it.</summary>
        public required IReadOnlyList<Assignment> People { get; init; }

        public required IReadOnlyList<PastRun> LastRuns { get; init; }

        /// <summary>What is free if the answer is no, beside what is reserved.</summary>
        public required IReadOnlyList<Slot> Free { get; init; }

        /// <summary>Where an older version would replace a newer one, a sentence each; none once a run has started.</summary>
        public required IReadOnlyList<string> StepsBack { get; init; }

        /// <summary>Services of the plan that pass freezes again and again, a sentence each.</summary>
        public required IReadOnlyList<string> Habits { get; init; }

        public required DateTimeOffset? ConditionDue { get; init; }

        public required bool ConditionBeforeStart { get; init; }

        public required DateTimeOffset? DecidedAt { get; init; }

        public required string? Reason { get; init; }

        public required string? ConditionMetBy { get; init; }

        public required DateTimeOffset? ConditionMetAt { get; init; }

        public required string? ConditionNote { get; init; }

        public required string? UsedByRun { get; init; }

        /// <summary>The caller may decide now.</summary>
        public required bool MayDecide { get; init; }

        /// <summary>Why the caller may not; null where they may, and where nothing is to be decided.</summary>
        public required string? WhyNot { get; init; }

        /// <summary>For <c>If-Match</c>.</summary>
        public required uint RowVersion { get; init; }
    }

    /// <summary>A run with the same model in the same environment.</summary>
    /// <param name="Rehearsal">The case that it was to show of the model, which may be made to fail; null for a real run.</param>
    public sealed record PastRun(string Name, RunStatus Status, DateTimeOffset QueuedAt, DateTimeOffset? EndedAt, RehearsalCase? Rehearsal = null);

    internal sealed class Handler(DeployHubDb db, Caller caller, TimeProvider clock) : IQueryHandler<ShowFreezeException, Result<View>>
    {
        public async ValueTask<Result<View>> Handle(ShowFreezeException query, CancellationToken cancellationToken)
        {
            var found = await (from known in db.FreezeExceptions.AsNoTracking()
                               where known.Number == query.Number
                               join freeze in db.Freezes on known.FreezeId equals freeze.Id
                               join planned in db.Deployments on known.DeploymentId equals planned.Id
                               select new { Exception = known, Freeze = freeze, Deployment = planned, Version = EF.Property<uint>(known, "Version") }).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
            if (found is null) return Error.NotFound("freeze-exception", query.Number);

            var (exception, deployment, at) = (found.Exception, found.Deployment, clock.GetUtcNow());
            var facts = await db.MeasuredCalendarFactsAsync(deployment, at, cancellationToken);
            var whyNot = exception.Status is FreezeExceptionStatus.Requested ? await WhyNotAsync(exception, found.Freeze, deployment, cancellationToken) : null;
            return new View
            {
                Exception = (await ListFreezeExceptions.RowsAsync(db, db.FreezeExceptions.Where(known => known.Id == exception.Id), cancellationToken))[0],
                Impact = exception.Impact,
                OnCall = exception.OnCall,
                Rollback = exception.Rollback,
                FreezeReason = found.Freeze.Reason,
                FreezeBegins = exception.FreezeBegins,
                FreezeEnds = exception.FreezeEnds,
                Approver = found.Freeze.Approver.InWords(),
                Plan = deployment.Plan,
                PlanDigest = exception.PlanDigest,
                IsOutdated = exception.PlanDigest != deployment.PlanDigest,
                Slot = deployment.Slot,
                UsuallyTakes = facts.Takes,
                Risk = deployment.Risk?.PlanDigest == deployment.PlanDigest ? deployment.Risk : null,
                People = deployment.People,
                LastRuns = await LastRunsAsync(deployment, cancellationToken),
                Free = await db.NextFreeAsync(deployment, facts, at, cancellationToken, Kept(exception)),
                StepsBack = deployment.IsBeforeRun ? await db.StepsBackAsync(deployment, cancellationToken) : [],
                Habits = [.. (await db.HabitsOfAsync(exception, deployment, cancellationToken)).Select(habit => habit.Sentence)],
                ConditionDue = exception.ConditionDue,
                ConditionBeforeStart = exception.ConditionBeforeStart,
                DecidedAt = exception.DecidedAt,
                Reason = exception.Reason,
                ConditionMetBy = exception.ConditionMetBy?.Name,
                ConditionMetAt = exception.ConditionMetAt,
                ConditionNote = exception.ConditionNote,
                UsedByRun = exception.UsedByRun is { } run ? $"{deployment.Number}/R{run}" : null,
                MayDecide = exception.Status is FreezeExceptionStatus.Requested && whyNot is null,
                WhyNot = whyNot,
                RowVersion = found.Version,
            };
        }

        private async Task<string?> WhyNotAsync(FreezeException exception, Freeze freeze, Deployment deployment, CancellationToken cancellationToken)
        {
            var (services, environment) = await db.WholeScopeOfAsync(deployment, cancellationToken);
            if (caller.RefusalThroughout(Permission.DecideFreezeExceptions, services, environment) is { } refusal) return refusal.Message;

            return exception.Objection(freeze, caller.QualitiesThroughout(services, environment), await db.OperatorsOfAsync(deployment, cancellationToken), caller.Actor)?.Message;
        }

        /// <summary>What it goes to anyway if the answer is no is not told as one more free slot.</summary>
        private static IEnumerable<Occurrence> Kept(FreezeException exception) => exception.Reservation is { } kept ? [new Occurrence(kept.Start, kept.End)] : [];

        private async Task<IReadOnlyList<PastRun>> LastRunsAsync(Deployment deployment, CancellationToken cancellationToken)
        {
            var versions = db.ModelVersions.Where(version => db.ModelVersions.Any(own => own.Id == deployment.ModelVersionId && own.ModelId == version.ModelId)).Select(version => version.Id);
            var lately = await (from run in db.Runs
                                where run.EnvironmentId == deployment.EnvironmentId
                                join before in db.Deployments on run.DeploymentId equals before.Id
                                where versions.Contains(before.ModelVersionId)
                                orderby run.QueuedAt descending
                                select new { run.Name, run.Status, run.QueuedAt, run.EndedAt, before.Plan }).Take(MostRuns).ToListAsync(cancellationToken);
            return lately.ConvertAll(run => new PastRun(run.Name, run.Status, run.QueuedAt, run.EndedAt, run.Plan.Rehearsal?.Case));
        }
    }
}
