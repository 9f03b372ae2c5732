using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Estimating;
using DeployHub.Domain.Workers;
using DeployHub.Features.Deployments;
using DeployHub.Features.Runs;

namespace DeployHub.Features.Models;

/// <summary>A run that was never started, told to people.</summary>
internal sealed class Simulation
{
    private readonly Run _run;
    private readonly MeasuredSteps _measured;
    private readonly IReadOnlyList<WorkerProcess> _workers;
    private readonly DateTimeOffset _at;

    public Simulation(Run run, MeasuredSteps measured, IReadOnlyList<WorkerProcess> workers, DateTimeOffset at)
    {
        (_run, _measured, _workers, _at) = (run, measured, workers, at);
        Estimate = Estimate.Of(run, (targetRun, step) => Applies(step) is false ? null : measured.TimeOf(targetRun.Stage, step), HandsOf);
    }

    public Estimate Estimate { get; }

    private StageRun Execute => _run.Of(Stage.Execute);

    private IEnumerable<TargetRun> OnTargets => _run.TargetRuns.Where(targetRun => targetRun is { Stage: Stage.Execute, Part: PhasePart.Work });

    /// <summary>Such as “web 1.1.0 to Production: 6 targets in 3 phases; 1 approval; 12–20 min”.</summary>
    public string Summary(BoundPlan bound)
    {
        var (targets, unchanged) = (OnTargets.Count(), OnTargets.Count(targetRun => targetRun.Status is TargetRunStatus.Unchanged));
        var asked = Execute.Phases.SkipLast(1).Count(phase => phase.Promotion is Promotion.Manual);
        return string.Concat(
            $"{WouldHappen} {Words.Count(targets, "target")} of {bound.Environment.Name} in {Words.Count(Execute.Phases.Count, "phase")}",
            unchanged == 0 ? "" : $", {unchanged} of which {Unchanged(unchanged)} already",
            asked == 0 ? "" : $"; a person would promote {asked} of them",
            $"; by {bound.Model.Content.Name} v{bound.Model.Number}.");
    }

    /// <summary>Such as “web 1.1.0 would go to”, “api would be removed from” or both.</summary>
    private string WouldHappen
    {
        get
        {
            var coming = Words.List(_run.Versions.Where(version => !version.IsRemoval).Select(version => version.InWords));
            var going = Words.List(_run.Versions.Where(version => version.IsRemoval).Select(version => version.Component));
            return (coming, going) switch
            {
                (_, "") => $"{coming} would go to",
                ("", _) => $"{going} would be removed from",
                _ => $"{coming} would go to, and {going} be removed from,",
            };
        }
    }

    private string Unchanged(int targets) => (_run.Versions.Any(version => version.IsRemoval), targets) switch
    {
        (true, 1) => "is as the plan wants it",
        (true, _) => "are as the plan wants them",
        (_, 1) => $"has {AllOfIt}",
        _ => $"have {AllOfIt}",
    };

    private string AllOfIt => _run.Versions.Count == 1 ? "it" : "all of it";

    public IReadOnlyList<SimulateRun.Phase> Phases()
    {
        var lengths = Estimate.Phases.ToDictionary(phase => (phase.Stage, phase.Phase));
        var sizes = _run.TargetRuns.Where(targetRun => targetRun.Part is PhasePart.Work).CountBy(targetRun => (targetRun.Stage, targetRun.Phase)).ToDictionary();
        var exposures = Exposures(sizes);
        return
        [
            .. from stage in _run.Stages
               from phase in stage.Phases
               let length = lengths[(stage.Stage, phase.Number)]
               select new SimulateRun.Phase(
                   stage.Stage, phase.Number, phase.Name, sizes.GetValueOrDefault((stage.Stage, phase.Number)), stage.Stage is Stage.Execute ? exposures[phase.Number - 1] : null, phase.FailureBudget, phase.Quota, phase.Traffic,
                   phase.Soak, phase.Promotion, phase.OnBreach, length.Half, length.Most),
        ];
    }

    /// <summary>Percent after each phase of Execute.</summary>
    private List<int> Exposures(Dictionary<(Stage, int), int> sizes)
    {
        var (reached, traffic, all) = (0, 0, OnTargets.Count());
        var exposures = new List<int>();
        foreach (var phase in Execute.Phases)
        {
            (reached, traffic) = (reached + sizes.GetValueOrDefault((Stage.Execute, phase.Number)), phase.Traffic ?? traffic);
            exposures.Add(_run.ShiftsTraffic() ? traffic : all == 0 ? 0 : reached * 100 / all);
        }

        return exposures;
    }

    public IReadOnlyList<SimulateRun.Target> Targets() =>
        [.. OnTargets.Select((targetRun, index) => new SimulateRun.Target(index + 1, targetRun.Subject, targetRun.Phase, Execute.Phases[targetRun.Phase - 1].Name, targetRun.Pool, targetRun.Status is TargetRunStatus.Unchanged))];

    /// <param name="subject">Null for all; with a target, what is done for versions, phases and the environment is told as well.</param>
    public IReadOnlyList<SimulateRun.SubjectWork> Work(string? subject) =>
    [
        .. _run.TargetRuns.Where(targetRun => (subject is null || targetRun.TargetId is null || targetRun.Subject == subject) && targetRun.Status is not TargetRunStatus.Unchanged)
            .Select(targetRun => new SimulateRun.SubjectWork(targetRun.Stage, targetRun.Phase, targetRun.Part, targetRun.Subject, [.. targetRun.Steps.Select(step => Told(targetRun, step))])),
    ];

    private SimulateRun.SimulatedStep Told(TargetRun targetRun, StepRun step) => new(
        step.Number, step.Name, step.Settings, step.Group, step.When, Applies(step), _measured.TimeOf(targetRun.Stage, step));

    public SimulateRun.Eta Eta()
    {
        var times = _run.TargetRuns.Where(targetRun => targetRun.Status is not TargetRunStatus.Unchanged).SelectMany(targetRun => targetRun.Steps.Where(step => Applies(step) is not false), (targetRun, step) => (targetRun.Stage, step)).DistinctBy(one => (one.Stage, one.step.Name))
            .Select(one => _measured.TimeOf(one.Stage, one.step)).ToList();
        return new SimulateRun.Eta(Estimate.Half, Estimate.Most, _measured.Runs, times.CountBy(time => time.Source).ToDictionary(), Sentence(times));
    }

    private string Sentence(List<StepTime> times)
    {
        string[] sources =
        [
            .. Those(time => time.Source is TimeSource.MeasuredHere, "measured here"),
            .. Those(time => time.Source is TimeSource.MeasuredElsewhere, "measured in other environments"),
            .. Those(time => time.Source is TimeSource.MeasuredAnywhere, "measured here and in other environments together"),
            .. Those(time => time.Source is TimeSource.Stated, "by what the model says"),
            .. Those(time => time is { Source: TimeSource.Limit, Measured: > 0 }, $"measured fewer than {Projection.FewestRuns} times, which {AtWorst}"),
            .. Those(time => time is { Source: TimeSource.Limit, Measured: 0 }, $"never measured, which {AtWorst}"),
        ];
        return $"{Words.List(sources)}{(_measured.Runs > 0 ? $" (by {Words.Count(_measured.Runs, "run")} of this model, rehearsals that succeeded among them)" : "")}. Time in which people approve, promote or decide is not in it.";

        IEnumerable<string> Those(Func<StepTime, bool> isOf, string how) => times.Count(isOf) is > 0 and var count ? [$"{Words.Count(count, "step")} {how}"] : [];
    }

    private const string AtWorst = "count as nothing at best and as their time limit at worst";

    /// <summary>Pools that no worker serves, in a sentence each.</summary>
    public IEnumerable<string> Unserved() =>
        from targetRun in _run.TargetRuns
        where targetRun.Status is not TargetRunStatus.Unchanged
        group targetRun by targetRun.Pool into pool
        where !_workers.Any(worker => worker.Serves(pool.Key, _at))
        select $"{Words.Count(pool.Select(targetRun => targetRun.Subject).Distinct().Count(), "subject")} would wait for a worker{(pool.Key is null ? "" : $" of pool {pool.Key}")}: none is there that takes work.";

    private int HandsOf(string? pool) => _workers.Where(worker => worker.Serves(pool, _at)).Sum(worker => worker.Hands);

    private static bool? Applies(StepRun step) => step.Foretold(NCalcConditions.Instance);
}
