using DeployHub.Domain.Models.InWords;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Runs.Verifying;

/// <summary>A run's verification as a table: every check of its stages, and what people confirmed in them (domain §2.2.2 B2, B3, B5).</summary>
public static class Findings
{
    public static IReadOnlyList<Finding> Of(Run run) =>
    [
        .. from targetRun in run.TargetRuns
           orderby targetRun.Stage, targetRun.Phase, targetRun.Ordinal
           from step in targetRun.Steps
           where targetRun.Stage is not Stage.Execute || step.Settings.IsCheck()
           select Of(run, targetRun, step),
    ];

    /// <summary>The same of a dry verification.</summary>
    public static IReadOnlyList<Finding> Of(DryVerification verification) =>
    [
        .. from look in verification.Looks
           orderby look.Stage, look.Ordinal
           from check in look.Checks
           select new Finding(
               look.Stage, 1, look.Subject, check.Number, check.Name, StepKinds.Of(check.Settings), StepInWords.Of(check.Settings), VerdictOf(check), check.WhyNot ?? ReasonOf(check.Outcome),
               check.Outcome?.WhatShowsIt() ?? [], check.By, check.By is null ? null : check.EndedAt, check.By is null ? 0 : 1, DigestOf(check.Outcome), null) { Policy = check.Policy },
    ];

    /// <summary>What they come to together: a failure outweighs what could not be told, and that a pass. Pending while one of them is.</summary>
    public static Verdict Together(IEnumerable<Verdict> verdicts)
    {
        Verdict[] heaviest = [Verdict.Pending, Verdict.Fail, Verdict.Inconclusive, Verdict.Waived, Verdict.Pass];
        var all = verdicts.ToHashSet();
        return heaviest.Where(all.Contains).Append(Verdict.NotApplicable).First();
    }

    private static Finding Of(Run run, TargetRun targetRun, StepRun step)
    {
        var last = step.Attempts.LastOrDefault(attempt => !attempt.IsProbe);
        var waived = step.Status is StepStatus.SkippedByResolution ? WaiverOf(run, targetRun) : null;
        return new Finding(
            targetRun.Stage, targetRun.Phase, targetRun.Subject, step.Number, step.Name, StepKinds.Of(step.Settings), StepInWords.Of(step.Settings), VerdictOf(step), step.WhyNot ?? ReasonOf(last?.Outcome),
            last?.WhatShowsIt() ?? [], last?.AnsweredBy?.Name ?? (last is { HasBegun: true } ? last.Worker : null), last?.EndedAt, step.Attempts.Count(attempt => !attempt.IsProbe),
            last is { EndedAt: not null } ? DigestOf(last.Outcome) : null, waived)
        { Policy = step.Policy };
    }

    private static Digest? DigestOf(StepOutcome? outcome) => outcome is null ? null : Digest.OfText(CanonicalJson.Of(outcome));

    private static Verdict VerdictOf(StepRun step) => step.Status switch
    {
        StepStatus.Succeeded => step.Settings.IsCheck() && PeopleOnly.Is(step.LastAttempt?.Outcome) ? Verdict.NotApplicable : Verdict.Pass,
        StepStatus.NotApplicable => Verdict.NotApplicable,
        StepStatus.SkippedByResolution => Verdict.Waived,
        StepStatus.Failed or StepStatus.TimedOut or StepStatus.Tolerated or StepStatus.Unknown => step.LastAttempt?.Outcome is StepOutcome.Failed ? Verdict.Fail : Verdict.Inconclusive,
        _ => Verdict.Pending,
    };

    private static Verdict VerdictOf(DryCheck check) => check switch
    {
        { WhyNot: not null } => Verdict.NotApplicable,
        { EndedAt: null } => Verdict.Pending,
        { Outcome: StepOutcome.Succeeded } => PeopleOnly.Is(check.Outcome) ? Verdict.NotApplicable : Verdict.Pass,
        { Outcome: StepOutcome.Failed } => Verdict.Fail,
        _ => Verdict.Inconclusive,
    };

    private static string? ReasonOf(StepOutcome? outcome) => outcome switch
    {
        StepOutcome.Failed failed => failed.Reason,
        StepOutcome.TimedOut late => late.Reason,
        StepOutcome.Inconclusive unclear => unclear.Reason,
        _ => null,
    };

    private static WaivedBy? WaiverOf(Run run, TargetRun targetRun) => run.Halts
        .Where(halt => halt.Stage == targetRun.Stage && halt.Resolution is { Choice: ResolutionChoice.AcceptWithWaiver } && (halt.Resolution.Targets.Count == 0 || halt.Resolution.Targets.Contains(targetRun.Subject)))
        .Select(halt => new WaivedBy(halt.Resolution!.By, halt.Resolution.At, halt.Resolution.Diagnosis, halt.Resolution.Waiver)).LastOrDefault();
}
