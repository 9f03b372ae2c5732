using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs.Verifying;

namespace DeployHub.Domain.Runs;

/// <summary>What a look at a target means for the run that took it: every finding at once (domain B3).</summary>
public static class DriftVerdict
{
    private const int LongestReason = 900;

    /// <param name="components">Keys of the components that the run moves; what is known of them from elsewhere counts, too.</param>
    /// <param name="subject">The target's name.</param>
    /// <param name="observed">What the look took in already.</param>
    public static StepOutcome Of(DriftLook look, IReadOnlyCollection<string> components, string subject, StepOutcome.Observed observed)
    {
        var blocking = look.Open.Where(item => item.IsBlocking(look.At) && (IsSeen(look, item) || (item.Kind is FactKind.Component && components.Contains(item.Name)))).ToList();
        if (blocking.Count > 0)
        {
            var reason = $"{subject} is not as it was left: {string.Join("; ", blocking.Select(item => item.Sentence))}. No run explains it.";
            return new StepOutcome.Failed(Words.Beginning(reason, LongestReason), HaltCause.DriftDetected) { Evidence = [.. observed.Evidence, .. EvidenceOf(look), .. Elsewhere(look, blocking)] };
        }

        if (look.Verdicts.Count == 0 && observed.Definition is null) return PeopleOnly.Outcome("Drift");

        var unclear = look.Verdicts.Where(fact => fact.Verdict is FactVerdict.Unclear).Select(fact => $"{fact.Seen.Fact.Subject} could not be read: {fact.Seen.Trouble?.TrimEnd('.')}").ToList();
        return unclear.Count > 0
            ? new StepOutcome.Inconclusive(Words.Beginning($"On {subject} {string.Join("; ", unclear)}.", LongestReason))
            : new StepOutcome.Succeeded([.. observed.Evidence, .. EvidenceOf(look)]);
    }

    private static IReadOnlyList<Evidence> EvidenceOf(DriftLook look) => [.. look.Verdicts.Select(fact => new Evidence(fact.Seen.Fact.Subject, InWords(look, fact.Seen, fact.Verdict, fact.Item)))];

    private static IEnumerable<Evidence> Elsewhere(DriftLook look, IEnumerable<DriftItem> blocking) =>
        blocking.Where(item => !IsSeen(look, item)).Select(item => new Evidence(item.Subject, $"{item.Observed} instead of {item.Desired}, seen by {item.SeenBy}"));

    private static bool IsSeen(DriftLook look, DriftItem item) => look.Verdicts.Any(fact => fact.Item == item);

    private static string InWords(DriftLook look, SeenFact seen, FactVerdict verdict, DriftItem? item) => verdict switch
    {
        FactVerdict.FirstSeen => $"{seen.Value}, seen for the first time",
        FactVerdict.ExplainedByRun => $"{seen.Value}, changed by a run",
        FactVerdict.Drifted => $"{seen.Value} instead of {item!.Desired}{(item.IsIgnored(look.At) ? ", ignored for now" : item.Severity is DriftSeverity.Informational ? ", informational" : "")}",
        FactVerdict.AsDesired when WatchedFact.IsDefined(seen.Fact.Kind) => $"{seen.Value}, as accepted",
        FactVerdict.Unclear => $"could not be read: {seen.Trouble}",
        _ => $"{seen.Value}, as desired",
    };
}
