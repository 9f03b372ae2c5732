using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.Features.Inbox.Sources;

/// <summary>Steps that a person has to do.</summary>
internal static class StepsByHand
{
    public static async Task<IEnumerable<InboxItem>> OnAsync(Desk desk, CancellationToken cancellationToken)
    {
        var waiting = desk.Open.Where(found => found is { Deployment.Status: DeploymentStatus.InProgress, Run.WaitingFor: WaitingReason.ManualStep } && desk.May(Permission.PerformManualSteps, found)).ToList();
        var named = await NamedAsync(desk, waiting, cancellationToken);
        return waiting.Select(found => ItemOf(desk, found, named.GetValueOrDefault(found.Run!.Id)));
    }

    /// <summary>Whom the plans name for what waits in each run; a run is not among them when anybody may do something in it.</summary>
    private static async Task<IReadOnlyDictionary<RunId, IReadOnlyList<Actor>>> NamedAsync(Desk desk, IReadOnlyList<OpenDeployment> waiting, CancellationToken cancellationToken)
    {
        var naming = waiting.Where(found => found.Deployment.People.Count > 0).ToDictionary(found => found.Run!.Id, found => found.Deployment);
        if (naming.Count == 0) return new Dictionary<RunId, IReadOnlyList<Actor>>();

        var runs = naming.Keys.ToList();
        var steps = await desk.Db.TargetRuns.AsNoTracking().Where(targetRun => runs.Contains(targetRun.RunId) && targetRun.Status == TargetRunStatus.WaitingForPerson).ToListAsync(cancellationToken);
        return steps.Where(targetRun => targetRun.CurrentStep?.Settings is ManualWork).GroupBy(targetRun => targetRun.RunId)
            .Select(run => (Run: run.Key, Named: run.Select(targetRun => ((ManualWork)targetRun.CurrentStep!.Settings).Slot is { } slot ? naming[run.Key].PeopleOf(slot) : []).ToList()))
            .Where(run => run.Named.TrueForAll(people => people.Count > 0))
            .ToDictionary(run => run.Run, run => (IReadOnlyList<Actor>)[.. run.Named.SelectMany(people => people).DistinctBy(person => person.Id)]);
    }

    private static InboxItem ItemOf(Desk desk, OpenDeployment found, IReadOnlyList<Actor>? named)
    {
        var isForOthers = named is not null && !named.Any(desk.Caller.Actor.Is);
        var sentence = named is null ? found.Run!.WaitingSentence ?? "A person has to do a step."
            : isForOthers ? $"{found.Run!.WaitingSentence} {Words.List(named.Select(person => person.Name))} {(named.Count == 1 ? "is" : "are")} named for it; take it over if you have to."
            : $"You are named for it. {found.Run!.WaitingSentence}";
        return found.Item(InboxKind.ManualStep, sentence, found.Deployment.Slot?.End, $"{found.RunPath}/tasks") with { IsForOthers = isForOthers };
    }
}
