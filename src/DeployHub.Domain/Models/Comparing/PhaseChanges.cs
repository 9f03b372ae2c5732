using DeployHub.Domain.Models.InWords;

namespace DeployHub.Domain.Models.Comparing;

/// <summary>How the targets are divided now, and were before.</summary>
internal static class PhaseChanges
{
    private const string Path = "stages.execute.phases";

    public static IEnumerable<ModelChange> Of(ModelContent was, ModelContent now) => (was.Execute.Phases, now.Execute.Phases) switch
    {
        (Batches before, Batches after) => before == after ? [] : [BatchSize(before, after)],
        (PhaseList before, PhaseList after) => Listed(before.Phases, after.Phases),
        var (before, after) => before == after ? [] : [AnotherWay(was, now)],
    };

    private static ModelChange BatchSize(Batches was, Batches now)
    {
        var (before, after) = (Shown.Text(was.Size), Shown.Text(now.Size));
        return new ModelChange(new ChangePlace(ModelPart.Execute, null, "phases.batches", $"{Path}.batches"), ChangeKind.Changed, $"batch size {before} → {after}", before, after);
    }

    private static ModelChange AnotherWay(ModelContent was, ModelContent now)
    {
        var (before, after) = (ModelInWords.Pace(was), ModelInWords.Pace(now));
        return new ModelChange(new ChangePlace(ModelPart.Execute, null, "phases", Path), ChangeKind.Changed, $"{Lower(after)} (was: {Lower(before)})", before, after);
    }

    private static IEnumerable<ModelChange> Listed(IReadOnlyList<PhaseDefinition> was, IReadOnlyList<PhaseDefinition> now)
    {
        var pairing = Pairing.Of(was, now, phase => phase.Name, Members.AreAlike);
        foreach (var gone in pairing.Removed) yield return Change(was[gone], gone, null, ChangeKind.Removed, $"phase “{was[gone].Name}” is gone");
        for (var place = 0; place < now.Count; place++)
        {
            var phase = now[place];
            if (pairing.FormerOf(place) is not { } former)
            {
                yield return Change(phase, place, null, ChangeKind.Added, $"new phase “{phase.Name}” {(place == 0 ? "before all others" : $"after “{now[place - 1].Name}”")}");
                continue;
            }

            if (was[former].Name != phase.Name) yield return Change(phase, place, "name", ChangeKind.Changed, $"phase “{was[former].Name}” is now called “{phase.Name}”", was[former].Name, phase.Name);
            if (pairing.Moved.Contains(place)) yield return Change(phase, place, null, ChangeKind.Moved, $"phase “{phase.Name}” now comes {(place == 0 ? "first" : $"after “{now[place - 1].Name}”")}");
            foreach (var member in Members.Compare(Members.Of(was[former], "name"), Members.Of(phase, "name")))
                yield return Change(phase, place, member.Member, member.Kind, $"phase “{phase.Name}”: {member.Text}", member.Was, member.Now);
        }
    }

    private static ModelChange Change(PhaseDefinition phase, int place, string? member, ChangeKind kind, string sentence, string? was = null, string? now = null) =>
        new(new ChangePlace(ModelPart.Execute, phase.Name, member is null ? "phases" : $"phases.{member}", $"{Path}[{place}]{(member is null ? "" : $".{member}")}"), kind, sentence, was, now);

    private static string Lower(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..];
}
