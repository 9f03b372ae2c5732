using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.Runs.Comparing;

/// <summary>What a look at a target's facts means for the step that took it: every finding at once.</summary>
public static class ChangesOutcome
{
    private const int LongestReason = 900;

    /// <summary>Of the look before Execute, where there is nothing to compare yet.</summary>
    /// <param name="subject">The target's name.</param>
    public static StepOutcome OfBaseline(string subject, IReadOnlyList<SeenFact> seen)
    {
        var unread = seen.Where(fact => fact.Value is null).Select(fact => $"{fact.Fact.Subject} could not be read: {fact.Trouble?.TrimEnd('.')}").ToList();
        return unread.Count > 0
            ? new StepOutcome.Inconclusive(Words.Beginning($"On {subject} {string.Join("; ", unread)}.", LongestReason))
            : new StepOutcome.Succeeded([.. seen.Select(fact => new Evidence(fact.Fact.Subject, fact.Value!))]);
    }

    /// <param name="changes">Of what was looked at.</param>
    public static StepOutcome Of(string subject, IReadOnlyList<Change> changes)
    {
        var unchanged = changes.Count(change => change.Verdict is ChangeVerdict.Unchanged);
        IReadOnlyList<Evidence> evidence = [.. changes.Where(change => change.Verdict is not ChangeVerdict.Unchanged).Select(change => new Evidence(change.Item, InWords(change))), new("Unchanged", $"{unchanged} of {changes.Count}")];
        var unexpected = changes.Where(change => change.IsUnexpected).Select(change => change.Item).ToList(); // without values: a reason is told in events and by webhooks
        if (unexpected.Count > 0)
            return new StepOutcome.Failed(Words.Beginning($"On {subject} {Words.List(unexpected)} changed. The plan does not bring that: put it right, or let the model tolerate it.", LongestReason), HaltCause.UnexpectedChange) { Evidence = evidence };

        var unclear = changes.Where(change => change.Verdict is ChangeVerdict.NotObserved).Select(change => $"{change.Item}: {change.Why}").ToList();
        return unclear.Count > 0
            ? new StepOutcome.Inconclusive(Words.Beginning($"Nobody can tell what changed on {subject}. {string.Join(' ', unclear)}", LongestReason))
            : new StepOutcome.Succeeded(evidence);
    }

    private static string InWords(Change change) => change.Verdict switch
    {
        ChangeVerdict.ChangedAsPlanned => $"{Shown(change.Before)}, then {Shown(change.After)}, as planned",
        ChangeVerdict.ChangedUnexpectedly => $"{Shown(change.Before)}, then {Shown(change.After)}, {(change.IsTolerated ? "tolerated" : "unexpected")}",
        _ => change.Why ?? "not observed",
    };

    /// <summary>The whole digest is kept with the snapshot.</summary>
    private static string? Shown(string? value) => value is not null && Digest.Parse(value) is { Error: null } digest ? digest.Value.Short : value;
}
