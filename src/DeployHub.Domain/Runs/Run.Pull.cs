using DeployHub.Domain.Inventory;

namespace DeployHub.Domain.Runs;

/// <summary>Targets that fetch their versions by themselves and report (domain §2.5, Pull).</summary>
public sealed partial class Run
{
    /// <summary>What the target should run now, of this run; null while nothing is available to it. A halt withdraws everything.</summary>
    public TargetRun? AvailableTo(TargetId target) => OpenHalt is null ? _targetRuns.Find(targetRun => targetRun.TargetId == target && targetRun.IsAvailable) : null;

    /// <summary>The versions that a target run brings: the planned ones, or on the way back those of the baseline.</summary>
    public IReadOnlyList<MovedVersion> VersionsOf(TargetRun targetRun) => Of(Stage.Execute).Phases[targetRun.Phase - 1].IsRollback
        ? [.. Baselines!.Where(baseline => baseline.TargetId == targetRun.TargetId).Select(baseline => baseline.Version).OfType<MovedVersion>()]
        : Versions;

    /// <summary>
    /// The target's own word on what it fetched. What it observed has to be what was meant, or it has failed. It is taken while the run is
    /// halted, too: the target may have fetched before. Refused with <c>pull.nothing-available</c>.
    /// </summary>
    /// <param name="observed">Digests that the target runs now, by their component's key.</param>
    public Result ReportPull(TargetId target, bool succeeded, string? message, IReadOnlyDictionary<string, Digest> observed, DateTimeOffset at)
    {
        if (_targetRuns.Find(candidate => candidate.TargetId == target && candidate.IsAvailable) is not { CurrentStep: { } step } targetRun) return RunErrors.NothingAvailable;

        IReadOnlyList<Evidence> shown = [.. string.IsNullOrWhiteSpace(message) ? [] : new[] { new Evidence("Report", message) }, .. observed.Select(seen => new Evidence($"Observed {seen.Key}", seen.Value.ToString()))];
        var wrong = VersionsOf(targetRun).FirstOrDefault(version => !observed.TryGetValue(version.Component, out var digest) || digest != version.Digest);
        StepOutcome outcome = (succeeded, wrong) switch
        {
            (false, _) => new StepOutcome.Failed($"{targetRun.Subject} reported that it failed{(string.IsNullOrWhiteSpace(message) ? "." : $": {message.ReplaceLineEndings(" ")}")}") { Evidence = shown },
            (_, { } version) => new StepOutcome.Failed(Mismatch(targetRun.Subject, version, observed), HaltCause.VersionMismatchAfter) { Evidence = shown },
            _ => new StepOutcome.Succeeded(shown),
        };
        Conclude(targetRun, step, outcome is StepOutcome.Succeeded ? ReportStatus.Succeeded : ReportStatus.Failed, outcome, at);
        return Result.Success;
    }

    private static string Mismatch(string target, MovedVersion meant, IReadOnlyDictionary<string, Digest> observed) =>
        $"{target} reports success, but {(observed.TryGetValue(meant.Component, out var digest) ? $"runs {digest}" : "does not say what it runs")} of {meant.Component} instead of {meant.Digest}.";

    private string FetchedSentence(IReadOnlyList<TargetRun> available)
    {
        var phase = Of(Stage.Execute).Phases[available[0].Phase - 1];
        var all = In(Stage.Execute, phase.Number).Where(targetRun => targetRun.Part is PhasePart.Work).ToList();
        return $"{all.Count(targetRun => targetRun.IsWell)} of {all.Count} targets of {phase.Name} have it, {phase.Quota} have to by {available.Max(targetRun => targetRun.DueAt):yyyy-MM-dd HH:mm:ss} UTC.";
    }
}
