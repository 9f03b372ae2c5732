using DeployHub.Domain.Models.InWords;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Models.Validation;

namespace DeployHub.Domain.Models.Comparing;

/// <summary>One list of steps beside what it was: which are new, gone, renamed, changed, or elsewhere.</summary>
internal static class StepListChanges
{
    public static IEnumerable<ModelChange> Of(ModelContent was, ModelContent now, StepList list)
    {
        var (before, after) = (was.StepsOf(list), now.StepsOf(list));
        var pairing = PairingOf(before, after);
        foreach (var gone in pairing.Removed.Where(gone => !IsElsewhere(before[gone], was, now)))
            yield return StepPlaces.PlacesIn(list, before).ElementAt(gone).Change(ChangeKind.Removed, null, $"no more {Noun(before[gone])} “{before[gone].Name}” {Where(list)}", detail: StepInWords.Of(before[gone].Settings));

        foreach (var place in StepPlaces.PlacesIn(list, after))
        {
            var index = place.Index;
            if (pairing.FormerOf(index) is not { } former)
            {
                yield return New(place, after, was, now);
                continue;
            }

            if (pairing.Moved.Contains(index)) yield return place.Change(ChangeKind.Moved, null, $"“{place.Step.Name}” now comes {After(after, index) ?? "first"} {Where(list)}");
            foreach (var change in StepChanges.Of(before[former], place)) yield return change;
        }
    }

    private static ModelChange New(StepPlace place, IReadOnlyList<StepDefinition> list, ModelContent was, ModelContent now)
    {
        var position = After(list, place.Index) is { } after ? $", {after}" : list.Count > 1 ? ", as the first" : "";
        return FormerListOf(place.Step, was, now) is { } former
            ? place.Change(ChangeKind.Moved, null, $"“{place.Step.Name}” moved {Where(place.List)}{position}; it was {Where(former)}")
            : place.Change(ChangeKind.Added, null, $"new {Noun(place.Step)} “{place.Step.Name}” {Where(place.List)}{position}", detail: StepInWords.Of(place.Step.Settings));
    }

    private static Pairing PairingOf(IReadOnlyList<StepDefinition> was, IReadOnlyList<StepDefinition> now) => Pairing.Of(was, now, step => step.Name, AreAlike);

    /// <summary>The list in which the very same step stood and stands no more; null when it is new.</summary>
    private static StepList? FormerListOf(StepDefinition step, ModelContent was, ModelContent now) =>
        Enum.GetValues<StepList>().Select(list => (StepList?)list).FirstOrDefault(list => Gone(was, now, list!.Value).Any(gone => IsSame(gone, step)));

    /// <summary>The very same step is new in another list.</summary>
    private static bool IsElsewhere(StepDefinition step, ModelContent was, ModelContent now) => Enum.GetValues<StepList>().Any(list => Gone(now, was, list).Any(added => IsSame(added, step)));

    private static IEnumerable<StepDefinition> Gone(ModelContent was, ModelContent now, StepList list) => PairingOf(was.StepsOf(list), now.StepsOf(list)).Removed.Select(place => was.StepsOf(list)[place]);

    private static bool IsSame(StepDefinition one, StepDefinition other) => one.Name == other.Name && AreAlike(one, other);

    /// <summary>They do the same, wherever they come from.</summary>
    private static bool AreAlike(StepDefinition one, StepDefinition other) => Members.AreAlike(one with { Use = null }, other with { Use = null });

    private static string Noun(StepDefinition step) => step.Settings.IsCheck() ? "check" : "step";

    private static string? After(IReadOnlyList<StepDefinition> list, int index) => index == 0 ? null : $"after “{list[index - 1].Name}”";

    private static string Where(StepList list) => list switch
    {
        StepList.VerifyComponents => "before Execute, for every component version",
        StepList.VerifyEnvironment => "before Execute",
        StepList.Execute => "in Execute",
        StepList.Switch => "in the switch after each phase",
        StepList.Watch => "while each phase is observed",
        StepList.VerifyDeployment => "after Execute",
        StepList.RollbackSwitch => "in the switch back",
        StepList.Removal => "in the removal",
        StepList.RemovalProof => "in the proof of a removal",
        _ => "in the rollback",
    };
}
