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
    /// <summary>A deployment, and what tells halts of checks that could have looked earlier.</summary>
    /// <param name="LateChecks">Steps of VerifyDeployment that look at what Execute does not bring.</param>
    public sealed record Owner(DeploymentId Id, string Number, IReadOnlySet<string> LateChecks);

    /// <param name="manual">Stages in which their models have steps by hand: only there is it looked for when people had them.</param>
    public static async Task<ILookup<DeploymentId, RunFact>> RunFactsAsync(
        this DeployHubDb db, IReadOnlyList<Owner> deployments, IReadOnlyList<Stage> manual, CancellationToken cancellationToken)
    {
        var owners = deployments.ToDictionary(deployment => deployment.Id);
        var ids = owners.Keys.ToList();
        var runs = await db.Runs.AsNoTracking().Where(run => ids.Contains(run.DeploymentId))
            .Select(run => new { run.Id, run.DeploymentId, run.Status, run.QueuedAt, run.StartedAt, run.EndedAt, run.Halts }).ToListAsync(cancellationToken);
        var runIds = runs.ConvertAll(run => run.Id);
        var stages = await db.StagesAsync(runIds, cancellationToken);
        var states = await db.StatesAsync(runIds, cancellationToken);
        var hands = manual.Count > 0 ? await db.ManualWorkAsync(runIds, manual, cancellationToken) : null;

        return runs.ToLookup(run => run.DeploymentId, run => new RunFact(owners[run.DeploymentId].Number, run.QueuedAt)
        {
            Status = run.Status,
            Took = run.EndedAt - run.StartedAt,
            Halts = [.. run.Halts.Select(halt => FactOf(halt, owners[run.DeploymentId].LateChecks))],
            Times = run.EndedAt is { } endedAt
                ? StageClock.Divide(Lasted(stages[run.Id], endedAt), Intervals(states[run.Id], endedAt), [.. hands?[run.Id] ?? []])
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

    private static IEnumerable<(Stage Stage, Interval Time)> Lasted(IEnumerable<Began> stages, DateTimeOffset endedAt) =>
        stages.Select(stage => (Enum.Parse<Stage>(stage.Stage), new Interval(stage.BeganAt, stage.EndedAt ?? endedAt)));

    private static List<(RunStatus State, Interval Time)> Intervals(IEnumerable<State> states, DateTimeOffset endedAt)
    {
        var ordered = states.OrderBy(state => state.Number).ToList();
        return [.. ordered.Select((state, place) => (Enum.Parse<RunStatus>(state.Became), new Interval(state.At, place + 1 < ordered.Count ? ordered[place + 1].At : endedAt)))];
    }

    /// <summary>Without their phases, of which a run may have many.</summary>
    private static async Task<ILookup<RunId, Began>> StagesAsync(this DeployHubDb db, List<RunId> runs, CancellationToken cancellationToken)
    {
        var ids = runs.Select(run => run.Value).ToArray();
        var began = await db.Database.SqlQuery<Began>(
            $"""
            select run.id as run, stage.value ->> 'stage' as stage, (stage.value ->> 'beganAt')::timestamptz as began_at, (stage.value ->> 'endedAt')::timestamptz as ended_at
            from runs run
            cross join jsonb_array_elements(run.stages) stage
            where run.id = any ({ids}) and run.ended_at is not null and stage.value ->> 'beganAt' is not null
            """).ToListAsync(cancellationToken);
        return began.ToLookup(stage => new RunId(stage.Run));
    }

    private sealed record Began(Guid Run, string Stage, DateTimeOffset BeganAt, DateTimeOffset? EndedAt);

    private static async Task<ILookup<RunId, State>> StatesAsync(this DeployHubDb db, List<RunId> runs, CancellationToken cancellationToken) =>
        (await db.RunEvents.AsNoTracking().Where(happened => runs.Contains(happened.RunId) && happened.Subject == RunEvent.OfRun)
            .Select(happened => new State(happened.RunId, happened.Number, happened.At, happened.Became)).ToListAsync(cancellationToken)).ToLookup(state => state.Run);

    private sealed record State(RunId Run, int Number, DateTimeOffset At, string Became);

    private static async Task<ILookup<RunId, Interval>> ManualWorkAsync(this DeployHubDb db, List<RunId> runs, IReadOnlyList<Stage> stages, CancellationToken cancellationToken)
    {
        var (ids, names, kind) = (runs.Select(run => run.Value).ToArray(), stages.Select(stage => stage.ToString()).ToArray(), StepKinds.Of<ManualWork>());
        var had = await db.Database.SqlQuery<ByHand>(
            $"""
            select target.run_id as run, (attempt.value ->> 'beganAt')::timestamptz as began_at, (attempt.value ->> 'endedAt')::timestamptz as ended_at
            from target_runs target
            cross join lateral jsonb_path_query(target.steps, '$[*] ? (@.settings.kind == $kind).attempts[*]', jsonb_build_object('kind', {kind})) attempt (value)
            where target.run_id = any ({ids}) and target.stage = any ({names}) and attempt.value ->> 'endedAt' is not null
            """).ToListAsync(cancellationToken);
        return had.ToLookup(work => new RunId(work.Run), work => new Interval(work.BeganAt, work.EndedAt));
    }

    private sealed record ByHand(Guid Run, DateTimeOffset BeganAt, DateTimeOffset EndedAt);
}
