using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Runs;

/// <summary>What somebody outside says of the work that a step asked for.</summary>
public enum ReportStatus
{
    Succeeded,
    Failed,

    /// <summary>It goes on; this postpones nothing.</summary>
    Running,
}

/// <summary>What others do and report (domain CR-4).</summary>
public sealed partial class Run
{
    /// <summary>Whose reports are awaited, in a sentence; null when nobody's.</summary>
    public string? ReportsSentence
    {
        get
        {
            var awaited = TargetRuns.Where(targetRun => targetRun.AwaitsReport).ToList();
            if (awaited.Count == 0) return null;

            if (awaited.Exists(targetRun => targetRun.IsAvailable)) return FetchedSentence([.. awaited.Where(targetRun => targetRun.IsAvailable)]);

            var (step, who) = (awaited[0].CurrentStep!.Name, awaited[0].CurrentStep!.ReportedBy);
            var alike = awaited.Where(targetRun => targetRun.CurrentStep!.Name == step && targetRun.CurrentStep.ReportedBy == who).ToList();
            return $"{who} has to report the end of “{step}” for {Words.List(alike.Select(targetRun => targetRun.Subject))}, by {alike.Min(targetRun => targetRun.DueAt):yyyy-MM-dd HH:mm:ss} UTC at the latest.";
        }
    }

    /// <summary>
    /// Takes the word of whoever was asked. From then on a worker that may still be sending has nothing more to say. Refused with
    /// <c>report.unknown</c>, <c>report.already-taken</c> or <c>report.too-late</c>.
    /// </summary>
    /// <param name="token">Digest of the token that came with the report.</param>
    /// <returns>Who reports, in words.</returns>
    public Result<string> Report(ReportKey key, Digest token, ReportStatus status, string? message, IReadOnlyList<Evidence> evidence, DateTimeOffset at)
    {
        var targetRun = _targetRuns.SingleOrDefault(candidate => candidate.Id == key.TargetRun);
        var step = targetRun?.Steps.SingleOrDefault(candidate => candidate.Number == key.Step);
        if (step is not { Settings: SendWebhook { AwaitsReport: true } } || step.LastAttempt?.Number != key.Attempt || CallbackTicket.Parse(step.Ticket)?.Token != token) return RunErrors.NoSuchReport;
        if (step.Reported is { } before) return RunErrors.AlreadyReported(before);
        if (targetRun!.Status is not TargetRunStatus.InProgress || step.Status is not StepStatus.Running) return RunErrors.ReportTooLate;

        var who = step.ReportedBy ?? "The receiver";
        if (status is ReportStatus.Running) return who;

        IReadOnlyList<Evidence> shown = [new("Reported by", who), .. string.IsNullOrWhiteSpace(message) ? [] : new[] { new Evidence("Report", message) }, .. evidence];
        StepOutcome outcome = status is ReportStatus.Succeeded
            ? new StepOutcome.Succeeded(shown)
            : new StepOutcome.Failed($"{who} reported that it failed{(string.IsNullOrWhiteSpace(message) ? "." : $": {message.ReplaceLineEndings(" ")}")}") { Evidence = shown };
        Conclude(targetRun, step, status, outcome, at);
        return who;
    }

    private void Conclude(TargetRun targetRun, StepRun step, ReportStatus reported, StepOutcome outcome, DateTimeOffset at)
    {
        targetRun.Fence++;
        step.Reported = reported;
        Record(targetRun.Id, targetRun.Fence, step.Number, outcome, null, at);
        if (OpenHalt is not null && targetRun.Status is TargetRunStatus.Ready) Move(targetRun, TargetRunTrigger.Withdraw, Access.Actor.System, at);
        DueAt = at;
        SayWhatItWaitsForNow(at);
    }
}
