using DeployHub.Domain.Models;

namespace DeployHub.Domain.Runs;

/// <summary>One phase with the targets it got.</summary>
internal sealed record PlannedPhase(PhaseDefinition Definition, IReadOnlyList<RunTarget> Targets);

/// <summary>The percent arithmetic of domain §2.5: which targets each phase takes, in the order in which they are planned.</summary>
internal static class PhaseDivision
{
    /// <summary>Refused with <c>phases.malformed</c>, or with <c>phases.left-over</c> naming the targets that no phase takes.</summary>
    /// <param name="fill">Fills the names in a text.</param>
    public static Result<IReadOnlyList<PlannedPhase>> Divide(PhasePlan plan, IReadOnlyList<RunTarget> targets, Func<string, string> fill) => plan switch
    {
        Batches batches => InBatches(fill(batches.Size), targets),
        PhaseList list => Listed(list.Phases, targets, fill),
        _ => new PlannedPhase[] { new(new PhaseDefinition("All targets"), targets) },
    };

    private static Result<IReadOnlyList<PlannedPhase>> InBatches(string size, IReadOnlyList<RunTarget> targets)
    {
        var share = Share.Parse(size);
        if (share.Error is { } malformed) return malformed;

        var batches = targets.Chunk(share.Value.BatchSize(targets.Count)).ToList();
        return batches.Select((batch, index) => new PlannedPhase(new PhaseDefinition(batches.Count == 1 ? "All targets" : $"Batch {index + 1} of {batches.Count}"), batch)).ToArray();
    }

    private static Result<IReadOnlyList<PlannedPhase>> Listed(IReadOnlyList<PhaseDefinition> definitions, IReadOnlyList<RunTarget> targets, Func<string, string> fill)
    {
        var remaining = targets.ToList();
        var phases = new List<PlannedPhase>();
        foreach (var definition in definitions)
        {
            var choice = TargetChoice.Parse(fill(definition.Targets));
            if (choice.Error is { } malformed) return malformed;

            var taken = Taken(choice.Value, remaining, targets.Count).ToList();
            remaining.RemoveAll(taken.Contains);
            if (taken.Count > 0 || definition.Traffic is not null) phases.Add(new PlannedPhase(definition, taken));
        }

        return remaining.Count == 0 ? phases : LeftOver(remaining);
    }

    private static IEnumerable<RunTarget> Taken(TargetChoice choice, List<RunTarget> remaining, int all) => choice switch
    {
        TargetChoice.Rest => remaining,
        TargetChoice.Next(var count) => remaining.Take(count),
        TargetChoice.UpTo(var share) => remaining.Take(share.BatchSize(all) - (all - remaining.Count)),
        TargetChoice.Labelled(var label, var values) => remaining.Where(target => target.Labels.TryGetValue(label, out var value) && values.Contains(value)),
        _ => [],
    };

    private static Error LeftOver(List<RunTarget> targets) =>
        new(ErrorKind.Conflict, "phases.left-over", $"No phase of the model takes {Words.List(targets.Select(target => target.Name))}: label these targets, leave them out of the plan, or let the model's last phase take the rest.");
}
