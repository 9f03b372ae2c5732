using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models.Analysis;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Data;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Models.Analysis;

/// <summary>What runs recorded: their halts, and where their time went.</summary>
internal static class RecordedRuns
{
    /// <summary>A run, and what tells halts of checks that could have looked earlier.</summary>
    /// <param name="Number">Of its deployment.</param>
    /// <param name="LateChecks">Steps of VerifyDeployment that look at what Execute does not bring.</param>
    public sealed record Owner(DeploymentId Id, string Number, IReadOnlySet<string> LateChecks);

    /// <param name="haveManualWork">Some of their models have steps by hand: only then is it looked for when people had them.</param>
    public static async Task<ILookup<DeploymentId, RunFact>> RunFactsAsync(this DeployHubDb db, IReadOnlyList<Owner> deployments, bool haveManualWork, CancellationToken cancellationToken)
    {
        var owners = deployments.ToDictionary(deployment => deployment.Id);
        var ids = owners.Keys.ToList();
        var runs = await db.Runs.AsNoTracking().Where(run => ids.Contains(run.DeploymentId))
            .Select(run => new { run.Id, run.DeploymentId, run.Status, run.QueuedAt, run.StartedAt, run.EndedAt, run.Halts, run.Stages }).ToListAsync(cancellationToken);
        var runIds = runs.ConvertAll(run => run.Id);
        var states = await db.StatesAsync(runIds, cancellationToken);
        var hands = haveManualWork ? await db.ManualWorkAsync(runIds, cancellationToken) : null;

        return runs.ToLookup(run => run.DeploymentId, run => new RunFact(owners[run.DeploymentId].Number, run.QueuedAt)
        {
            Status = run.Status,
            Took = run.EndedAt - run.StartedAt,
            Halts = [.. run.Halts.Select(halt => FactOf(halt, owners[run.DeploymentId].LateChecks))],
            Times = run.EndedAt is { } endedAt
                ? StageClock.Divide(StagesOf(run.Stages, endedAt), Intervals(states[run.Id], endedAt), [.. hands?[run.Id] ?? []])
                : [],
        });
    }

    private static HaltFact FactOf(Halt halt, IReadOnlySet<string> lateChecks) => new(halt.Stage, halt.Step, halt.Cause)
    {
        WasRollingBack = halt.WasRollingBack,
        Choice = halt.Resolution?.Choice,
        CauseClass = halt.Resolution?.CauseClass,
        CouldLookEarlier = halt.Step is { } step && lateChecks.Contains(step),
    };

    private static IEnumerable<(Stage Stage, Interval Time)> StagesOf(IEnumerable<StageRun> stages, DateTimeOffset endedAt) =>
        from stage in stages where stage.BeganAt is not null select (stage.Stage, new Interval(stage.BeganAt!.Value, stage.EndedAt ?? endedAt));

    private static List<(RunStatus State, Interval Time)> Intervals(IEnumerable<State> states, DateTimeOffset endedAt)
    {
        var ordered = states.OrderBy(state => state.Number).ToList();
        return [.. ordered.Select((state, place) => (Enum.Parse<RunStatus>(state.Became), new Interval(state.At, place + 1 < ordered.Count ? ordered[place + 1].At : endedAt)))];
    }

    private static async Task<ILookup<RunId, State>> StatesAsync(this DeployHubDb db, List<RunId> runs, CancellationToken cancellationToken) =>
        (await db.RunEvents.AsNoTracking().Where(happened => runs.Contains(happened.RunId) && happened.Subject == RunEvent.OfRun)
            .Select(happened => new State(happened.RunId, happened.Number, happened.At, happened.Became)).ToListAsync(cancellationToken)).ToLookup(state => state.Run);

    private sealed record State(RunId Run, int Number, DateTimeOffset At, string Became);

    private static async Task<ILookup<RunId, Interval>> ManualWorkAsync(this DeployHubDb db, List<RunId> runs, CancellationToken cancellationToken)
    {
        var (ids, manual) = (runs.Select(run => run.Value).ToArray(), StepKinds.Of<ManualWork>());
        var had = await db.Database.SqlQuery<ByHand>(
            $"""
            select target.run_id as run, (attempt.value ->> 'beganAt')::timestamptz as began_at, (attempt.value ->> 'endedAt')::timestamptz as ended_at
            from target_runs target
            cross join jsonb_array_elements(target.steps) step
            cross join jsonb_array_elements(step.value -> 'attempts') attempt
            where target.run_id = any ({ids}) and step.value #>> array['settings', 'kind'] = {manual} and attempt.value ->> 'endedAt' is not null
            """).ToListAsync(cancellationToken);
        return had.ToLookup(work => new RunId(work.Run), work => new Interval(work.BeganAt, work.EndedAt));
    }

    private sealed record ByHand(Guid Run, DateTimeOffset BeganAt, DateTimeOffset EndedAt);
}
