using DeployHub.Domain.Models.InWords;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Models.Validation;

namespace DeployHub.Domain.Models.Comparing;

/// <summary>One step beside what it was.</summary>
internal static class StepChanges
{
    /// <summary>Compared in their own way, or read off another member.</summary>
    private static readonly string[] NotAsTheyAre = ["name", "settings", "probe", "timeout", "when", "together", "whenLost", "use"];

    public static IEnumerable<ModelChange> Of(StepDefinition was, StepPlace place)
    {
        var now = place.Step;
        if (was.Name != now.Name) yield return place.Change(ChangeKind.Changed, "name", $"“{was.Name}” is now called “{now.Name}”", was.Name, now.Name);
        foreach (var change in Settings(was.Settings, now.Settings, "with", "", place)) yield return change;
        if (was.Timeout != now.Timeout) yield return place.Value("timeout", $"now has {Shown.Text(now.Timeout)} (was {Shown.Text(was.Timeout)})", was.Timeout, now.Timeout);
        if (was.When != now.When) yield return place.Value("when", now.When is null ? $"now always runs (was only when {was.When})" : $"now runs only when {now.When} (was {(was.When is null ? "always" : $"only when {was.When}")})", was.When, now.When);
        if (was.Together != now.Together) yield return place.Value("together", now.Together is null ? $"now runs alone (was together with others of {was.Together})" : $"now runs together with others of {now.Together} (was {(was.Together is null ? "alone" : $"with others of {was.Together}")})", was.Together, now.Together);
        foreach (var member in Members.Compare(Members.Of(was, NotAsTheyAre), Members.Of(now, NotAsTheyAre))) yield return place.Of(member, member.Member);
        foreach (var change in Probe(was.Probe, place)) yield return change;
    }

    private static IEnumerable<ModelChange> Probe(StepSettings? was, StepPlace place) => (was, place.Step.Probe) switch
    {
        (null, null) => [],
        (null, { } added) => [place.Change(ChangeKind.Added, "probe", $"“{place.Step.Name}”: a probe now finds out whether it happened", detail: StepInWords.Of(added))],
        ({ } gone, null) => [place.Change(ChangeKind.Removed, "probe", $"“{place.Step.Name}”: no probe finds out any more whether it happened", detail: StepInWords.Of(gone))],
        ({ } before, { } after) => Settings(before, after, "probe.with", "probe ", place),
    };

    private static IEnumerable<ModelChange> Settings(StepSettings was, StepSettings now, string path, string before, StepPlace place)
    {
        if (was.GetType() == now.GetType())
            return Members.Compare(Members.Of(was), Members.Of(now)).Select(member => place.Of(member with { Text = before + member.Text }, $"{path}.{member.Member}"));

        var (from, to) = (StepKinds.Of(was), StepKinds.Of(now));
        return [place.Change(ChangeKind.Changed, path.Replace("with", "uses", StringComparison.Ordinal), $"“{place.Step.Name}”: {before}uses {from} → {to}", from, to, StepInWords.Of(now))];
    }

    private static ModelChange Of(this StepPlace place, MemberChange member, string path) => place.Change(member.Kind, path, $"“{place.Step.Name}”: {member.Text}", member.Was, member.Now);

    private static ModelChange Value(this StepPlace place, string member, string said, string? was, string? now) => place.Change(ChangeKind.Changed, member, $"“{place.Step.Name}” {said}", was, now);

    public static ModelChange Change(this StepPlace place, ChangeKind kind, string? member, string sentence, string? was = null, string? now = null, string? detail = null) =>
        new(new ChangePlace(PartOf(place.List), place.Step.Name, member, place.PathOfMember(member)), kind, sentence, was, now, detail ?? Origin(place.Step));

    private static string? Origin(StepDefinition step) => step.Use is { } use ? $"It comes from {use.InWords}." : null;

    private static ModelPart PartOf(StepList list) => list switch
    {
        StepList.VerifyComponents => ModelPart.VerifyComponents,
        StepList.VerifyEnvironment => ModelPart.VerifyEnvironment,
        StepList.VerifyDeployment => ModelPart.VerifyDeployment,
        StepList.Rollback or StepList.RollbackSwitch => ModelPart.Rollback,
        StepList.Removal or StepList.RemovalProof => ModelPart.Removal,
        _ => ModelPart.Execute,
    };
}
